import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import { askAnomalies, askResult, type Feedback, type ResultInfo, resultPath, type ResultRow } from '../api/results.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { usePolled } from '../live/use-polled.ts'
import { countText } from '../numbers.ts'
import { changeQuery } from '../place.ts'
import { AnomalyTable } from './result/anomaly-table.tsx'
import { ChosenRow } from './result/chosen-row.tsx'
import { type Columns, loadColumns } from './result/load-columns.ts'
import { MultivariateView } from './result/multivariate-view.tsx'
import { strangest, thresholdOf } from './result/points-of.ts'
import { ResultHead } from './result/result-head.tsx'
import { loadSample, MOST_DRAWN, type Sample } from './result/sample.ts'
import { Timeline } from './result/timeline.tsx'

const MOST_MARKED = 5000

interface Found {
  readonly info: ResultInfo
  /** The strangest 5,000. */
  readonly top: ReadonlyArray<ResultRow>
  readonly sample: Sample
  /** Of the data set, where it is kept and small enough to be read whole. */
  readonly columns: Columns | undefined
}

/** A kept result; the URL says which, and what of it is looked at. */
export function ResultPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const answer = useAnswer(id, (signal) => loadFound(id, signal))
  return <Answered of={answer}>{(found) => <ResultView key={id} {...found} query={query} />}</Answered>
}

async function loadFound(id: string, signal: AbortSignal): Promise<Found> {
  const info = await askResult(id, signal)
  const { dataset, series, rows } = info
  const [top, sample, columns] = await Promise.all([
    askAnomalies(id, MOST_MARKED, signal),
    loadSample(info, { start: 0, end: rows, signal }),
    series === undefined && dataset.id !== null && rows <= MOST_DRAWN
      ? loadColumns(dataset.id, info.columns, { start: 0, end: rows, signal }).catch(unlessEnded(signal))
      : undefined,
  ])
  return { info, top, sample, columns }
}

// The data set may be gone: its scores are kept all the same, and are drawn in its place.
function unlessEnded(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (signal.aborted) throw error
  }
}

function ResultView({ info, top, sample, columns, query }: Found & { readonly query: URLSearchParams }): JSX.Element {
  const [round, setRound] = useState(0)
  const { id, series } = info
  const path = resultPath(id, '/feedback')
  const said = usePolled(
    path,
    (signal) => ask<{ readonly feedback: ReadonlyArray<Feedback & { readonly row: number }> }>(path, { signal }),
    { isOver: () => true, round },
  )
  const asked = query.get('row')
  const chosen = asked === null ? top[0]?.row : Number(asked)
  const pick = (row: number): void => changeQuery({ row: String(row) })
  const entity = entityIn(query, info)
  const moved = query.get('threshold')
  const threshold = moved === null ? thresholdOf(info, entity) : Number(moved)
  return (
    <>
      <ResultHead info={info} round={round} />
      {!sample.isWhole && (
        <p>
          The pictures show {countText(sample.row.length)} rows from all over the data, and the strangest{' '}
          {countText(top.length)}; a stretch of at most {countText(MOST_DRAWN)} rows is drawn whole. The table knows
          all.
        </p>
      )}
      <Timeline {...{ info, top, sample, columns, query, entity, threshold, chosen }} onPick={pick} />
      <h2>The anomalies</h2>
      <AnomalyTable {...{ info, query, columns, chosen, round, entity }} onPick={pick} />
      {chosen !== undefined && (
        <ChosenRow
          key={chosen}
          {...{ info, top, sample }}
          row={chosen}
          said={said.kind === 'ready' ? said.value.feedback : undefined}
          onSaid={() => setRound(round + 1)}
        />
      )}
      <MultivariateView
        {...{ info, sample, columns, threshold, chosen }}
        entity={series === undefined ? undefined : entity}
      />
    </>
  )
}

function entityIn(query: URLSearchParams, { series }: ResultInfo): number {
  const entities = series?.entities ?? []
  const asked = Number(query.get('entity') ?? Number.NaN)
  return asked in entities ? asked : strangest(entities)
}
