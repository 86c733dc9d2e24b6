import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { MetricHistory } from './metric-history.tsx'
import { keysOf, nameOf, type Run, runOf, valueOf } from './mlflow.ts'

type What = 'metrics' | 'params'

/** Runs side by side: what differs in their parameters, and their metrics. */
export function CompareRunsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const ids = (query.get('runs') ?? '').split(' ').filter((id) => id !== '')
  const answer = useAnswer(ids.join(' '), (signal) => Promise.all(ids.map((id) => runOf(id, signal))))
  if (ids.length === 0) {
    return (
      <p>
        Choose the runs to compare in <a href={addressOf('experiments')}>an experiment</a>.
      </p>
    )
  }
  return (
    <Answered of={answer}>
      {(runs) => {
        const [experiment] = runs.map(({ info }) => info.experiment_id)
        const metrics = keysOf(runs, 'metrics')
        const metric = query.get('metric') ?? metrics[0]
        return (
          <>
            {experiment !== undefined && (
              <p>
                <a href={addressOf('experiment', { id: experiment, runs: ids.join(' ') })}>Choose other runs</a>
              </p>
            )}
            <h2>Metrics</h2>
            <SideBySide runs={runs} what="metrics" />
            {metric !== undefined && (
              <>
                <label>
                  Metric over its steps
                  <select value={metric} onChange={({ currentTarget: { value } }) => changeQuery({ metric: value })}>
                    {metrics.map((key) => (
                      <option key={key}>{key}</option>
                    ))}
                  </select>
                </label>
                <MetricHistory metric={metric} runs={runs} />
              </>
            )}
            <h2>Parameters</h2>
            <SideBySide runs={runs} what="params" />
          </>
        )
      }}
    </Answered>
  )
}

function SideBySide({ runs, what }: { readonly runs: ReadonlyArray<Run>; readonly what: What }): JSX.Element {
  const keys = keysOf(runs, what)
  if (keys.length === 0) return <p>None of them has any.</p>
  const differs = (key: string): boolean => new Set(runs.map((run) => valueOf(run, what, key))).size > 1
  const columns: ReadonlyArray<Column<string>> = [
    { title: 'Name', show: (key) => key, by: (key) => key },
    { title: 'Differs', show: (key) => (differs(key) ? '≠ differs' : '= same'), by: (key) => Number(!differs(key)) },
    ...runs.map((run) => ({ title: nameOf(run), show: (key: string) => valueOf(run, what, key) })),
  ]
  return (
    <DataTable
      label={what === 'metrics' ? 'Metrics' : 'Parameters'}
      columns={columns}
      rows={keys}
      keyOf={(key) => key}
      sortInQuery={what}
    />
  )
}
