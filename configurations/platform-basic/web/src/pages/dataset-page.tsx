import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Dataset, Detector, Row } from '../api/types.ts'
import { Answered, Failure, textOf, useAnswer } from '../api/use-answer.tsx'
import { countText } from '../numbers.ts'
import { goTo } from '../place.ts'
import { RowsTable } from './rows-table.tsx'

// Columns of these names say what a row is, not how it is.
const NOT_MEASURED = /^(|id|index|row|label|labels|target|class|is_?anomaly|anomaly|timestamp|time|date)$/i

/** One data set: schema and sample, what to look for in it, and its end. */
export function DatasetPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const path = `/api/v1/datasets/${encodeURIComponent(id)}`
  const answer = useAnswer(id, async (signal) => {
    const [dataset, { rows }, { items }] = await Promise.all([
      ask<Dataset>(path, { signal }),
      ask<{ readonly rows: ReadonlyArray<Row> }>(`${path}/rows?limit=10`, { signal }),
      ask<{ readonly items: ReadonlyArray<Detector> }>('/api/v1/detectors', { signal }),
    ])
    return { dataset, rows, detectors: items }
  })
  const [why, setWhy] = useState<string>()
  const remove = async (name: string): Promise<void> => {
    if (!confirm(`Delete ${name} for good?`)) return
    await ask(path, { method: 'DELETE' }).then(
      () => goTo('datasets'),
      (error: unknown) => setWhy(textOf(error)),
    )
  }
  return (
    <Answered of={answer}>
      {({ dataset, rows, detectors }) => (
        <>
          <h2>{dataset.name}</h2>
          <p>
            {countText(dataset.rows)} rows, {dataset.columns.length} columns, {countText(dataset.bytes)} bytes of{' '}
            {dataset.format}
          </p>
          <Choices dataset={dataset} detectors={detectors} />
          <h2>First rows</h2>
          <RowsTable label="First rows" columns={dataset.columns.map(({ name }) => name)} rows={rows} />
          <p>
            <button type="button" class="quiet" onClick={() => void remove(dataset.name)}>
              Delete this data set
            </button>
          </p>
          {why !== undefined && <Failure why={why} />}
        </>
      )}
    </Answered>
  )
}

function Choices({
  dataset,
  detectors,
}: {
  readonly dataset: Dataset
  readonly detectors: ReadonlyArray<Detector>
}): JSX.Element {
  const numbers = dataset.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name)
  const measured = numbers.filter((name) => !NOT_MEASURED.test(name))
  const [columns, setColumns] = useState(measured.length > 0 ? measured : numbers)
  const [detector, setDetector] = useState('iforest')
  const [percent, setPercent] = useState('1')
  if (numbers.length === 0) return <p>It has no column of numbers, and detectors need at least one.</p>
  const start = (event: Event): void => {
    event.preventDefault()
    const contamination = String(Number(percent) / 100)
    goTo('run', { dataset: dataset.id, columns: JSON.stringify(columns), detector, contamination })
  }
  return (
    <form onSubmit={start}>
      <p>
        <button type="submit" disabled={columns.length === 0}>
          Find anomalies
        </button>
      </p>
      <details>
        <summary>
          How: {columns.length} columns, {detector}, about {percent} % of the rows
        </summary>
        <fieldset>
          <legend>Columns to look at</legend>
          {numbers.map((name) => (
            <label key={name} class="inline">
              <input
                type="checkbox"
                checked={columns.includes(name)}
                onChange={({ currentTarget: { checked } }) =>
                  setColumns(numbers.filter((one) => (one === name ? checked : columns.includes(one))))
                }
              />{' '}
              {name}
            </label>
          ))}
        </fieldset>
        <label>
          Detector
          <select value={detector} onChange={({ currentTarget: { value } }) => setDetector(value)}>
            {detectors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p>{detectors.find(({ id }) => id === detector)?.summary}</p>
        <label>
          Rows to expect as anomalies, in per cent
          <input
            type="number"
            min="0.01"
            max="50"
            step="any"
            required
            value={percent}
            onInput={({ currentTarget: { value } }) => setPercent(value)}
          />
        </label>
      </details>
    </form>
  )
}
