import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { DataTable } from '../../parts/data-table.tsx'
import { Facts } from '../../parts/facts.tsx'
import { addressOf } from '../../place.ts'
import { Artifacts } from './artifacts.tsx'
import { MetricHistory } from './metric-history.tsx'
import { badgeOf, nameOf, type Pair, type Run, runOf, tookOf, valueOf } from './mlflow.ts'
import { RunModels } from './run-models.tsx'

const MOST_CHARTS = 12

/** All that is kept of a run. */
export function TrackedRunPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const answer = useAnswer(id, (signal) => runOf(id, signal))
  return (
    <Answered of={answer}>
      {(run) => (
        <>
          <h2>{nameOf(run)}</h2>
          <RunFacts run={run} />
          <h2>Metrics</h2>
          <Metrics run={run} />
          <h2>Parameters</h2>
          <Pairs label="Parameters" pairs={run.data.params} none="It was given none." />
          <h2>Tags</h2>
          <Pairs label="Tags" pairs={run.data.tags} none="It has none." />
          <h2>Models</h2>
          <RunModels run={run} />
          <h2>Files</h2>
          <Artifacts run={id} path={query.get('path') ?? ''} />
        </>
      )}
    </Answered>
  )
}

function RunFacts({ run }: { readonly run: Run }): JSX.Element {
  const { experiment_id: experiment, user_id: user, run_id: id, start_time: at } = run.info
  const took = tookOf(run)
  const datasets = run.inputs?.dataset_inputs ?? []
  return (
    <>
      <p>
        <Badge {...badgeOf(run)} />{' '}
        <a href={addressOf('experiment', { id: experiment })}>Other runs of its experiment</a>
      </p>
      <Facts
        of={[
          ['Begun', at !== undefined && timeText(at)],
          ['Took', took !== undefined && durationText(took)],
          ['By', user],
          ['Data', datasets.map(({ dataset }) => `${dataset.name} (${dataset.digest})`).join(', ')],
          ['Id', id],
        ]}
      />
    </>
  )
}

function Metrics({ run }: { readonly run: Run }): JSX.Element {
  const metrics = run.data.metrics ?? []
  if (metrics.length === 0) return <p>It logged none.</p>
  const series = metrics.filter(({ step }) => step !== 0).slice(0, MOST_CHARTS)
  return (
    <>
      <DataTable
        label="Metrics"
        rows={metrics}
        keyOf={({ key }) => key}
        columns={[
          { title: 'Metric', show: ({ key }) => key, by: ({ key }) => key },
          { title: 'Last value', show: ({ key }) => valueOf(run, 'metrics', key), isNumber: true },
          { title: 'Step', show: ({ step }) => step, isNumber: true },
        ]}
      />
      <div class="charts">
        {series.map(({ key }) => (
          <section key={key}>
            <h3>{key}</h3>
            <MetricHistory metric={key} runs={[run]} />
          </section>
        ))}
      </div>
    </>
  )
}

function Pairs({
  label,
  pairs = [],
  none,
}: {
  readonly label: string
  readonly pairs: ReadonlyArray<Pair> | undefined
  readonly none: string
}): JSX.Element {
  if (pairs.length === 0) return <p>{none}</p>
  return (
    <DataTable
      label={label}
      rows={pairs}
      keyOf={({ key }) => key}
      sortInQuery={label.toLowerCase()}
      columns={[
        { title: 'Name', show: ({ key }) => key, by: ({ key }) => key },
        { title: 'Value', show: ({ value }) => <span class="long">{value}</span>, by: ({ value }) => value },
      ]}
    />
  )
}
