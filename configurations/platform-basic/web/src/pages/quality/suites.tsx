import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { DatasetJob } from '../../parts/dataset-job.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf, goTo } from '../../place.ts'
import type { SuiteSummary } from './quality.ts'

/** Suites that are kept, and ways to come by one. */
export function Suites({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const list = useAnswer('suites', (signal) =>
    ask<{ readonly suites: ReadonlyArray<SuiteSummary> }>('/api/v1/quality/suites', { signal }),
  )
  return (
    <>
      <Answered of={list}>
        {({ suites }) =>
          suites.length === 0 ? (
            <p>There are none yet. Have one suggested below, or write one.</p>
          ) : (
            <DataTable label="Suites" columns={COLUMNS} rows={suites} keyOf={({ name }) => name} />
          )
        }
      </Answered>
      <p>
        <a href={addressOf('suite')}>Write or import a suite</a>
      </p>
      <h2>Suggest one from a data set</h2>
      <p>What the data speak for, with the reason of each expectation; you choose which to keep.</p>
      <DatasetJob
        query={query}
        kind="suggest"
        button="Suggest a suite"
        onDone={() => goTo('suggestions', { job: query.get('suggest') ?? '' })}
      />
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<SuiteSummary>> = [
  {
    title: 'Suite',
    show: ({ name }) => <a href={addressOf('suite', { name })}>{name}</a>,
    by: ({ name }) => name,
  },
  {
    title: 'Expectations',
    show: ({ expectations }) => expectations,
    by: ({ expectations }) => expectations,
    isNumber: true,
  },
  { title: 'Version', show: ({ version }) => version, by: ({ version }) => version, isNumber: true },
  { title: 'Changed', show: ({ savedAt }) => <RelativeTime at={savedAt} />, by: ({ savedAt }) => savedAt },
]
