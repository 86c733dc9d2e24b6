import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { JOB_STATES, type Job, QUEUES, stateOf } from './job.ts'

interface Page {
  readonly items: ReadonlyArray<Job>
  readonly next: string | null
}

const KINDS = ['detect', 'train', 'evaluate', 'explain', 'profile', 'check', 'suggest']
const FILTERS = [
  ['state', 'State', JOB_STATES],
  ['queue', 'Queue', QUEUES],
  ['kind', 'Kind', KINDS],
] as const

/** What was asked for as jobs, the newest first; it follows by itself how they go. */
export function JobsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const chosen = FILTERS.flatMap(([name]) => {
    const value = query.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  const cursor = cursorIn(query)
  const asked = new URLSearchParams([
    ['limit', '50'],
    ...chosen.map(([name, value]) => [name, value]),
    ...(cursor === undefined ? [] : [['cursor', cursor]]),
  ])
  const list = usePolled(`jobs ${String(asked)}`, (signal) => ask<Page>(`/api/v1/jobs?${String(asked)}`, { signal }))
  return (
    <>
      <div class="row" role="group" aria-label="Which jobs">
        {FILTERS.map(([name, label, values]) => (
          <label key={name} class="inline">
            {label}
            <select
              value={query.get(name) ?? ''}
              onChange={({ currentTarget: { value } }) => changeQuery({ [name]: value, page: '' })}
            >
              <option value="">all</option>
              {values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <Answered of={list}>
        {({ items, next }) => (
          <>
            <p role="status">{summaryOf(items, chosen.length > 0)}</p>
            {items.length > 0 && <DataTable label="Jobs" columns={COLUMNS} rows={items} keyOf={({ id }) => id} />}
            <CursorPager label="jobs" next={next} />
          </>
        )}
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Job>> = [
  {
    title: 'Job',
    show: ({ id, kind }) => (
      <a href={addressOf('job', { id })}>
        {kind} {id.slice(0, 8)}
      </a>
    ),
  },
  { title: 'State', show: (job) => <Badge {...stateOf(job)} /> },
  { title: 'Done', show: shareText, isNumber: true },
  { title: 'Queue', show: ({ queue }) => queue },
  { title: 'Asked for', show: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { title: 'Took', show: ({ startedAt, finishedAt }) => tookText(startedAt, finishedAt), isNumber: true },
]

function shareText({ state, progress: { done = 0, total = 0 } = { done: 0 } }: Job): string {
  return state === 'running' && total > 0 ? `${Math.floor((100 * done) / total)} %` : ''
}

function tookText(startedAt: number | undefined, finishedAt: number | undefined): string {
  return startedAt === undefined || finishedAt === undefined ? '' : durationText(finishedAt - startedAt)
}

function summaryOf(jobs: ReadonlyArray<Job>, isFiltered: boolean): string {
  if (jobs.length === 0 && isFiltered) return 'There are none like this.'
  if (jobs.length === 0) return 'There are none yet. POST /api/v1/jobs asks for one, as the page of a data set does.'
  const counts = JOB_STATES.map((state) => [jobs.filter((job) => job.state === state).length, state] as const)
  return `On this page: ${counts.flatMap(([count, state]) => (count === 0 ? [] : [`${count} ${state}`])).join(', ')}.`
}
