import type { ResultSummary } from '@nomaly/data-quality'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { countText } from '../../numbers.ts'
import { Badge } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { CheckForm } from './check-form.tsx'
import { scoreText, type SuiteSummary } from './quality.ts'
import { ScoreTrend } from './score-trend.tsx'

const PAGE = 100

/** A way to check, and the checks of before. */
export function Checks({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const suites = useAnswer('suites', (signal) =>
    ask<{ readonly suites: ReadonlyArray<SuiteSummary> }>('/api/v1/quality/suites', { signal }),
  )
  return (
    <>
      <Answered of={suites}>
        {({ suites: all }) => <CheckForm query={query} suites={all.map(({ name }) => name)} />}
      </Answered>
      <h2>Checks, the newest first</h2>
      <CheckList query={query} />
    </>
  )
}

function CheckList({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const asked = new URLSearchParams({ limit: String(PAGE) })
  for (const [name, member] of [
    ['of', 'dataset'],
    ['before', 'before'],
  ] as const) {
    const value = query.get(name)
    if (value !== null) asked.set(member, value)
  }
  const of = query.get('of')
  const list = useAnswer(`checks ${String(asked)}`, (signal) =>
    ask<{ readonly results: ReadonlyArray<ResultSummary> }>(`/api/v1/quality/results?${String(asked)}`, { signal }),
  )
  return (
    <>
      {of !== null && (
        <>
          <p>
            Only those of <strong>{of}</strong>.{' '}
            <button type="button" class="quiet" onClick={() => changeQuery({ of: '', before: '' })}>
              Show all
            </button>
          </p>
          <ScoreTrend dataset={of} />
        </>
      )}
      <Answered of={list}>
        {({ results }) =>
          results.length === 0 ? (
            <p>There are none yet. Choose a data set and a suite, and press "Check it".</p>
          ) : (
            <>
              <DataTable label="Checks" columns={COLUMNS} rows={results} keyOf={({ id }) => id} />
              {results.length === PAGE && (
                <button
                  type="button"
                  class="quiet"
                  onClick={() => changeQuery({ before: String(results.at(-1)?.startedAt ?? '') })}
                >
                  Older ones
                </button>
              )}
            </>
          )
        }
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<ResultSummary>> = [
  {
    title: 'Check',
    show: ({ id, dataset, suite }) => (
      <a href={addressOf('quality-result', { id })}>
        {dataset} by {suite}
      </a>
    ),
    by: ({ dataset }) => dataset,
  },
  {
    title: 'Outcome',
    show: ({ success }) => <Badge mood={success ? 'good' : 'bad'} text={success ? 'as expected' : 'not as expected'} />,
    by: ({ success }) => Number(success),
  },
  { title: 'Score', show: ({ score }) => scoreText(score), by: ({ score }) => score, isNumber: true },
  { title: 'Met', show: ({ successful, evaluated }) => `${successful} of ${evaluated}`, isNumber: true },
  { title: 'Rows', show: ({ rows }) => countText(rows), by: ({ rows }) => rows, isNumber: true },
  { title: 'When', show: ({ startedAt }) => <RelativeTime at={startedAt} />, by: ({ startedAt }) => startedAt },
  {
    title: 'History',
    show: ({ dataset }) => (
      <button type="button" class="quiet" onClick={() => changeQuery({ of: dataset })}>
        History of {dataset}
      </button>
    ),
    isHidden: true,
  },
]
