import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { LineChart, type Point } from '../../charts/line-chart.tsx'
import { askMlflow, type Metric, nameOf, type Run } from './mlflow.ts'

const MOST_STEPS = 500

/** A metric of some runs over its steps; long series are thinned out by the server. */
export function MetricHistory({
  metric,
  runs,
}: {
  readonly metric: string
  readonly runs: ReadonlyArray<Run>
}): JSX.Element {
  const query = new URLSearchParams([
    ...runs.map(({ info }) => ['run_ids', info.run_id]),
    ['metric_key', metric],
    ['max_results', String(MOST_STEPS)],
  ]).toString()
  const answer = useAnswer(query, (signal) =>
    askMlflow<{ readonly metrics?: ReadonlyArray<Metric> }>(`metrics/get-history-bulk-interval?${query}`, { signal }),
  )
  return (
    <Answered of={answer}>
      {({ metrics = [] }) => (
        <LineChart
          label={`${metric} over ${metrics.length} steps`}
          across="step"
          lines={runs.map((run) => ({ name: nameOf(run), points: pointsOf(run, metrics) }))}
        />
      )}
    </Answered>
  )
}

function pointsOf({ info }: Run, metrics: ReadonlyArray<Metric>): ReadonlyArray<Point> {
  return metrics
    .filter((one) => one.run_id === info.run_id)
    .map(({ step, value }): Point => [step, Number(value)])
    .toSorted(([a], [b]) => a - b)
}
