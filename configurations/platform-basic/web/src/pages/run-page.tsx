import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Dataset, Detection, Row } from '../api/types.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { extremesOf, Histogram } from '../charts/histogram.tsx'
import { Projection } from '../charts/projection.tsx'
import { TimelineChart } from '../charts/timeline-chart.tsx'
import { countText, numberText } from '../numbers.ts'
import { addressOf, changeQuery } from '../place.ts'
import { AnomalyTable } from './anomaly-table.tsx'
import { Contributions } from './contributions.tsx'
import { KeepModel } from './keep-model.tsx'
import { type Run, runOf } from './run.ts'

const MOST_DRAWN = 50_000
const PAGE = 10_000

interface Found {
  readonly dataset: Dataset
  readonly detection: Detection
  readonly rows: ReadonlyArray<Row>
}

/** What a detector found in a data set; the URL says which, and what is looked at. */
export function RunPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const run = runOf(query)
  const answer = useAnswer(JSON.stringify(run), (signal) => findAnomalies(run, signal))
  return <Answered of={answer}>{(found) => <FoundView run={run} found={found} query={query} />}</Answered>
}

async function findAnomalies(run: Run, signal: AbortSignal): Promise<Found> {
  const path = `/api/v1/datasets/${encodeURIComponent(run.dataset)}`
  const [dataset, detection] = await Promise.all([
    ask<Dataset>(path, { signal }),
    ask<Detection>('/api/v1/detect', { body: run, signal }),
  ])
  const rows: Row[] = []
  while (rows.length < Math.min(dataset.rows, MOST_DRAWN)) {
    const page = await ask<{ readonly rows: ReadonlyArray<Row> }>(`${path}/rows?offset=${rows.length}&limit=${PAGE}`, {
      signal,
    })
    if (page.rows.length === 0) break
    rows.push(...page.rows)
  }
  return { dataset, detection, rows }
}

function FoundView({
  run,
  found: { dataset, detection, rows },
  query,
}: {
  readonly run: Run
  readonly found: Found
  readonly query: URLSearchParams
}): JSX.Element {
  const { scores } = detection
  const threshold = Number(query.get('threshold') ?? detection.threshold)
  const order = useMemo(() => scores.map((_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)), [scores])
  const marked = useMemo(() => order.filter((row) => (scores[row] ?? 0) > threshold), [order, scores, threshold])
  const columns = useMemo(() => run.columns.map((name) => rows.map((row) => numberOf(row[name]))), [rows])
  const asked = query.get('row')
  const chosen = asked === null ? marked[0] : Number(asked)
  const shown = query.get('show') ?? run.columns[0] ?? ''
  const values = columns[run.columns.indexOf(shown)] ?? []
  const drawn = useMemo(() => marked.filter((row) => row < rows.length), [marked, rows])
  const [least, most] = extremesOf(scores)
  const pick = (row: number): void => changeQuery({ row: String(row) })
  return (
    <>
      <p>
        <strong>{countText(marked.length)}</strong> of {countText(scores.length)} rows of{' '}
        <a href={addressOf('dataset', { id: dataset.id })}>{dataset.name}</a> stand out, by {detection.algorithm} on{' '}
        {run.columns.join(', ')}.
      </p>
      {rows.length < dataset.rows && (
        <p>The pictures show the first {countText(rows.length)} rows; the table knows all.</p>
      )}
      <h2>Row by row</h2>
      <label>
        Column
        <select value={shown} onChange={({ currentTarget: { value } }) => changeQuery({ show: value })}>
          {run.columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <TimelineChart name={shown} values={values} marked={drawn} onPick={pick} />
      <h2>The anomalies, the strangest first</h2>
      <AnomalyTable run={run} rows={rows} scores={scores} marked={marked} chosen={chosen} onPick={pick} />
      {chosen !== undefined && (
        <>
          <h2>Why row {countText(chosen + 1)}</h2>
          <Contributions run={run} row={chosen} />
        </>
      )}
      <h2>Scores and threshold</h2>
      <Histogram scores={scores} threshold={threshold} />
      <label>
        Threshold {numberText(threshold)}: rows that score higher are anomalies
        <input
          type="range"
          min={least}
          max={most}
          step={(most - least) / 1000 || 1}
          value={threshold}
          onInput={({ currentTarget: { value } }) => changeQuery({ threshold: value })}
        />
      </label>
      <h2>All columns at once</h2>
      <Projection columns={columns} scores={scores} threshold={threshold} chosen={chosen} />
      <h2>Keep this detector</h2>
      <KeepModel run={run} threshold={threshold} />
    </>
  )
}

const numberOf = (cell: number | string | null | undefined): number | null => (typeof cell === 'number' ? cell : null)
