import type { ComponentChildren, JSX } from 'preact'

import { changeQuery, usePlace } from '../place.ts'

/** One of several views of the same. */
export interface Tab {
  readonly name: string
  readonly title: string
  readonly show: () => ComponentChildren
}

/** Views of which one shows; the URL says which, arrow keys walk through them. */
export function Tabs({
  label,
  tabs,
  inQuery = 'tab',
}: {
  readonly label: string
  readonly tabs: ReadonlyArray<Tab>
  /** The name in the URL. */
  readonly inQuery?: string
}): JSX.Element {
  const asked = usePlace().query.get(inQuery)
  const shown = Math.max(
    0,
    tabs.findIndex(({ name }) => name === asked),
  )
  const walk = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key]
    const next = step === undefined ? undefined : tabs[(shown + step) % tabs.length]
    if (next === undefined) return
    event.preventDefault()
    changeQuery({ [inQuery]: next.name })
    document.getElementById(`${inQuery}-${next.name}`)?.focus()
  }
  const tab = tabs[shown]
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={walk}>
        {tabs.map(({ name, title }, index) => (
          <button
            key={name}
            id={`${inQuery}-${name}`}
            type="button"
            role="tab"
            aria-selected={index === shown}
            aria-controls={`${inQuery}-panel`}
            tabIndex={index === shown ? 0 : -1}
            onClick={() => changeQuery({ [inQuery]: name })}
          >
            {title}
          </button>
        ))}
      </div>
      <div id={`${inQuery}-panel`} role="tabpanel" aria-labelledby={`${inQuery}-${tab?.name ?? ''}`}>
        {tab?.show()}
      </div>
    </>
  )
}
