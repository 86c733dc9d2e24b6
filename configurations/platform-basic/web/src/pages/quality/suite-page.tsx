import type { JSX } from 'preact'

import { ask, askText } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { timeText } from '../../numbers.ts'
import { addressOf, changeQuery } from '../../place.ts'
import { CheckForm } from './check-form.tsx'
import { SuiteEditor } from './suite-editor.tsx'

const NEW = `name: orders
expectations:
  - type: expectColumnValuesToNotBeNull
    kwargs:
      column: id
  - type: expectColumnValuesToBeBetween
    kwargs:
      column: amount
      minValue: 0
`

interface Versions {
  readonly versions: ReadonlyArray<{ readonly version: number; readonly savedAt: number }>
}

/** A suite, to be read, changed and checked by; without a name a new one. */
export function SuitePage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const name = query.get('name')
  if (name === null) return <SuiteEditor key="new" text={NEW} />
  return <KeptSuite key={name} name={name} query={query} />
}

function KeptSuite({ name, query }: { readonly name: string; readonly query: URLSearchParams }): JSX.Element {
  const path = `/api/v1/quality/suites/${encodeURIComponent(name)}`
  const version = query.get('version') ?? ''
  const yaml = `${path}?format=yaml${version === '' ? '' : `&version=${encodeURIComponent(version)}`}`
  const answer = useAnswer(`${yaml} ${query.get('saved') ?? ''}`, async (signal) => {
    const [text, { versions }] = await Promise.all([
      askText(yaml, { signal }),
      ask<Versions>(`${path}/versions`, { signal }),
    ])
    return { text, versions }
  })
  return (
    <Answered of={answer}>
      {({ text, versions }) => (
        <>
          <h2>{name}</h2>
          <label>
            Version
            <select
              value={version || String(versions[0]?.version)}
              onChange={({ currentTarget: { value } }) => changeQuery({ version: value })}
            >
              {versions.map((one) => (
                <option key={one.version} value={one.version}>
                  {one.version}, {timeText(one.savedAt)}
                </option>
              ))}
            </select>
          </label>
          <h3>Check a data set by it</h3>
          <CheckForm query={query} suites={[name]} />
          <h3>What it says</h3>
          <SuiteEditor name={name} text={text} />
          <p>
            <a href={yaml} download={`${name}.yml`}>
              Download it
            </a>{' '}
            for <code>nomaly check FILE --suite {name}.yml</code>, or go{' '}
            <a href={addressOf('quality', { tab: 'suites' })}>to all suites</a>.
          </p>
        </>
      )}
    </Answered>
  )
}
