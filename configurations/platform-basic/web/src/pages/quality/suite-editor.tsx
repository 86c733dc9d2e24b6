import type { Suite } from '@nomaly/data-quality'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask, AskError, type Fault } from '../../api/ask.ts'
import { Failure, textOf } from '../../api/use-answer.tsx'
import { useAction } from '../../parts/use-action.ts'
import { changeQuery, goTo } from '../../place.ts'
import { ImportSuite } from './import-suite.tsx'
import { TextEditor } from './text-editor.tsx'

interface Kept {
  readonly suite: Suite
  readonly version: number
}

/** Changes the text of a suite, in YAML or JSON, and keeps it where it has no faults. */
export function SuiteEditor({ name, text }: { readonly name?: string; readonly text: string }): JSX.Element {
  const [draft, setDraft] = useState(text)
  const [faults, setFaults] = useState<ReadonlyArray<Fault>>([])
  const [kept, setKept] = useState<number>()
  const saving = useAction(async () => {
    setKept(undefined)
    const found = await keep(name, draft).catch((error: unknown) => {
      setFaults(error instanceof AskError ? error.faults : [])
      throw error
    })
    setFaults([])
    setKept(found.version)
    if (name === undefined) goTo('suite', { name: found.suite.name })
    else changeQuery({ version: '', saved: String(found.version) })
  })
  const change = (next: string): void => {
    setDraft(next)
    setKept(undefined)
  }
  return (
    <>
      {name === undefined && <ImportSuite onText={change} />}
      <TextEditor label="The suite, in YAML or JSON" text={draft} faults={faults} onChange={change} />
      {saving.why !== undefined && faults.length === 0 && <Failure why={saving.why} />}
      <p>
        <button type="button" disabled={saving.isBusy} onClick={() => saving.start()}>
          Keep it
        </button>{' '}
        <span role="status">{kept === undefined ? '' : `Kept as version ${kept}.`}</span>
      </p>
      <Kinds />
    </>
  )
}

function keep(name: string | undefined, text: string): Promise<Kept> {
  const path = name === undefined ? '' : `/${encodeURIComponent(name)}`
  return ask<Kept>(`/api/v1/quality/suites${path}`, {
    method: name === undefined ? 'POST' : 'PUT',
    body: text,
    type: 'application/yaml', // which JSON is, too
  })
}

interface Kind {
  readonly type: string
  readonly description: string
  readonly arguments: { readonly properties?: Readonly<Record<string, unknown>> }
}

function Kinds(): JSX.Element {
  const [kinds, setKinds] = useState<ReadonlyArray<Kind>>()
  const [why, setWhy] = useState<string>()
  const load = (isOpen: boolean): void => {
    if (!isOpen || kinds !== undefined) return
    ask<{ readonly expectations: ReadonlyArray<Kind> }>('/api/v1/quality/expectations').then(
      ({ expectations }) => setKinds(expectations),
      (error: unknown) => setWhy(textOf(error)),
    )
  }
  return (
    <details onToggle={({ currentTarget: { open } }) => load(open)}>
      <summary>What can be expected</summary>
      {why !== undefined && <Failure why={why} />}
      <ul>
        {kinds?.map(({ type, description, arguments: { properties = {} } }) => (
          <li key={type} class="wrapped">
            <code>{type}</code> ({Object.keys(properties).join(', ')}): {description}
          </li>
        ))}
      </ul>
    </details>
  )
}
