import type { MetricSummary } from './metric.ts'
import type { Run } from './run.ts'

/** One thing of several runs, in the order of the runs; undefined where a run has none. */
export interface RunTableRow<T> {
  readonly key: string
  readonly values: ReadonlyArray<T | undefined>
  /** Whether the runs differ in it. */
  readonly differs: boolean
}

/** Runs side by side: a column a run. Rows stand by key. */
export interface RunTable {
  readonly runs: ReadonlyArray<Pick<Run, 'id' | 'name' | 'experimentId' | 'status'>>
  readonly params: ReadonlyArray<RunTableRow<string>>
  readonly metrics: ReadonlyArray<RunTableRow<MetricSummary>>
}

/** Puts runs side by side, of whatever experiments. No runs give an empty table. */
export function compareRuns(runs: ReadonlyArray<Run>): RunTable {
  return {
    runs: runs.map(({ id, name, experimentId, status }) => ({ id, name, experimentId, status })),
    params: rowsOf(
      runs.map(({ params }) => params),
      (param) => param,
    ),
    metrics: rowsOf(
      runs.map(({ metrics }) => metrics),
      ({ value }) => value,
    ),
  }
}

function rowsOf<T>(
  columns: ReadonlyArray<Readonly<Record<string, T>>>,
  shown: (value: T) => unknown,
): ReadonlyArray<RunTableRow<T>> {
  const keys = [...new Set(columns.flatMap((column) => Object.keys(column)))].sort()
  return keys.map((key) => {
    const values = columns.map((column) => (Object.hasOwn(column, key) ? column[key] : undefined))
    const [first, ...rest] = values.map((value) => (value === undefined ? undefined : shown(value)))
    return { key, values, differs: rest.some((value) => !Object.is(value, first)) }
  })
}
