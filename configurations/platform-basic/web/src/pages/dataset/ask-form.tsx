import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import type { Dataset, Row } from '../../api/types.ts'
import { Failure } from '../../api/use-answer.tsx'
import { useAction } from '../../parts/use-action.ts'
import { goTo } from '../../place.ts'
import { type Advice, adviceOf, seriesOf } from './advice.ts'
import { ChoiceOf } from './choice-of.tsx'
import { ColumnChoice } from './column-choice.tsx'
import { type Draft, inputOf } from './draft.ts'
import { HowFields } from './how-fields.tsx'
import type { Offers } from './offers.ts'

/** "Find anomalies", and how: sound defaults, everything else is folded away. */
export function AskForm({
  dataset,
  sample,
  offers,
  model,
}: {
  readonly dataset: Dataset
  readonly sample: ReadonlyArray<Row>
  readonly offers: Offers
  /** Chosen beforehand, as `name@version`. */
  readonly model: string
}): JSX.Element {
  const [advice] = useState(() => adviceOf(dataset, sample))
  const [draft, setDraft] = useState(() => draftOf(dataset, advice, model))
  const run = useAction(async () => {
    const body = { kind: 'detect', input: inputOf(dataset.id, draft) }
    const { id } = await ask<{ readonly id: string }>('/api/v1/jobs', { body })
    goTo('run', { job: id })
  })
  const change = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes })
  const numbers = dataset.columns.filter(({ kind, name }) => kind === 'number' && !advice.times.includes(name))
  if (numbers.length === 0) return <p>It has no column of numbers, and detectors need at least one.</p>
  const isSeries = draft.isSeries && draft.model === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run.start()
      }}
    >
      {advice.times.length > 0 && draft.model === '' && (
        <SeriesChoice draft={draft} advice={advice} dataset={dataset} change={change} />
      )}
      <p>
        <button type="submit" disabled={run.isBusy || (!isSeries && draft.model === '' && draft.columns.length === 0)}>
          Find anomalies
        </button>
      </p>
      {run.why !== undefined && <Failure why={run.why} />}
      <details>
        <summary>How: {summaryOf(draft, isSeries)}</summary>
        {!isSeries && draft.model === '' && (
          <ColumnChoice
            names={numbers.map(({ name }) => name)}
            chosen={draft.columns}
            leftOut={advice.leftOut}
            onChange={(columns) => change({ columns })}
          />
        )}
        <HowFields draft={draft} isSeries={isSeries} offers={offers} change={change} />
      </details>
    </form>
  )
}

function SeriesChoice({
  draft,
  advice,
  dataset,
  change,
}: {
  readonly draft: Draft
  readonly advice: Advice
  readonly dataset: Dataset
  readonly change: (changes: Partial<Draft>) => void
}): JSX.Element {
  const numbers = dataset.columns.filter(({ kind, name }) => kind === 'number' && name !== draft.time)
  const keys = dataset.columns.map(({ name }) => name).filter((name) => name !== draft.time && name !== draft.value)
  return (
    <fieldset>
      <legend>Look at</legend>
      <label class="inline">
        <input type="radio" name="look" checked={draft.isSeries} onChange={() => change({ isSeries: true })} /> one
        column over time, with the range to expect
      </label>
      <label class="inline">
        <input type="radio" name="look" checked={!draft.isSeries} onChange={() => change({ isSeries: false })} /> all
        columns together, row by row
      </label>
      {draft.isSeries && (
        <div class="row">
          <ChoiceOf
            label="Column"
            names={numbers.map(({ name }) => name)}
            value={draft.value}
            onChange={(value) => change({ value })}
          />
          <ChoiceOf label="Time" names={advice.times} value={draft.time} onChange={(time) => change({ time })} />
          <ChoiceOf
            label="A series for each"
            names={keys}
            none="(one series)"
            value={draft.key}
            onChange={(key) => change({ key })}
          />
        </div>
      )}
    </fieldset>
  )
}

function draftOf({ columns, rows }: Dataset, advice: Advice, model: string): Draft {
  const series = seriesOf(advice, rows)
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name)
  return {
    isSeries: series !== undefined,
    time: series?.time ?? advice.times[0] ?? '',
    value: series?.value ?? advice.measured[0] ?? numbers.find((name) => !advice.times.includes(name)) ?? '',
    key: series?.key ?? '',
    columns: advice.measured.length > 0 ? advice.measured : numbers.filter((name) => !advice.times.includes(name)),
    detector: 'iforest',
    seriesDetector: 'auto',
    parameters: {},
    percent: '1',
    seriesPercent: '',
    seed: '0',
    missing: 'median',
    period: '',
    model,
  }
}

function summaryOf({ columns, detector, seriesDetector, percent, model, key }: Draft, isSeries: boolean): string {
  if (model !== '') return `as the model ${model} has learned it`
  if (isSeries)
    return `${seriesDetector === 'auto' ? 'the method that suits the series' : seriesDetector}${key === '' ? '' : `, a series for each ${key}`}`
  return `${columns.length} columns, ${detector}, about ${percent} % of the rows`
}
