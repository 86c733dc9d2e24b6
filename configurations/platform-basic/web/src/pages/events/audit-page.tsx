import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure, useAnswer } from '../../api/use-answer.tsx'
import { timeText } from '../../numbers.ts'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { textsOf } from '../../parts/texts-of.ts'
import { useAction } from '../../parts/use-action.ts'
import { changeQuery } from '../../place.ts'
import { EventTabs } from './event-tabs.tsx'

interface Entry {
  readonly sequence: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly status: number
}

interface Verification {
  readonly isIntact: boolean
  readonly entries: number
  readonly head: string
  readonly broken?: { readonly sequence: number; readonly reason: string }
}

const FILTERS = [
  ['action', 'What was done, such as *.delete'],
  ['subject', 'To what, such as datasets/*'],
] as const

/** Who changed what, the newest first, and whether nothing of it was altered. */
export function AuditPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const cursor = cursorIn(query)
  const asked = new URLSearchParams({ limit: '50', ...(cursor !== undefined && { cursor }) })
  for (const [name] of FILTERS) if ((query.get(name) ?? '') !== '') asked.set(name, query.get(name) ?? '')
  const page = useAnswer(`audit ${String(asked)}`, (signal) =>
    ask<{ readonly items: ReadonlyArray<Entry>; readonly next: string | null }>(`/api/v1/audit?${String(asked)}`, {
      signal,
    }),
  )
  return (
    <>
      <EventTabs now="audit" />
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          changeQuery({ ...textsOf(event.currentTarget), page: '' })
        }}
      >
        {FILTERS.map(([name, label]) => (
          <label key={name} class="inline">
            {label}
            <input type="text" name={name} defaultValue={query.get(name) ?? ''} placeholder="all" />
          </label>
        ))}
        <button type="submit" class="quiet">
          Choose
        </button>
      </form>
      <Verify />
      <Answered of={page}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <p>Nothing like this was done.</p>
            ) : (
              <DataTable
                label="Changes, the newest first"
                columns={COLUMNS}
                rows={items}
                keyOf={(row) => row.sequence}
              />
            )}
            <CursorPager label="changes" next={next} />
          </>
        )}
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Entry>> = [
  { title: 'Entry', show: ({ sequence }) => sequence, isNumber: true },
  { title: 'When', show: ({ at }) => timeText(at) },
  { title: 'Who', show: ({ actor }) => actor },
  { title: 'What', show: ({ action }) => action },
  { title: 'To what', show: ({ subject }) => subject },
  { title: 'Answer', show: ({ status }) => status, isNumber: true },
]

function Verify(): JSX.Element {
  const [found, setFound] = useState<Verification>()
  const verifying = useAction(async () => setFound(await ask<Verification>('/api/v1/audit/verify')))
  return (
    <>
      <div class="row">
        <button type="button" class="quiet" disabled={verifying.isBusy} onClick={() => verifying.start()}>
          Check that nothing was altered
        </button>
        <span role="status">{found !== undefined && wordsOf(found)}</span>
      </div>
      {verifying.why !== undefined && <Failure why={verifying.why} />}
    </>
  )
}

function wordsOf({ isIntact, entries, head, broken }: Verification): string {
  if (isIntact) return `✓ All ${entries} entries are as they were written; the last has the hash ${head.slice(0, 12)}.`
  return `✗ Entry ${broken?.sequence ?? ''} is not as it was written: ${broken?.reason ?? ''}`
}
