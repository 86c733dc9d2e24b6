import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'

import type { ResultInfo, ResultRow } from '../../api/results.ts'
import { useAnswer } from '../../api/use-answer.tsx'
import { OverviewStrip } from '../../charts/overview-strip.tsx'
import { extentOf, type Points } from '../../charts/points.ts'
import { type Range, rangeIn } from '../../charts/range.ts'
import { TimelineChart } from '../../charts/timeline-chart.tsx'
import { changeQuery } from '../../place.ts'
import { ChoiceOf } from '../dataset/choice-of.tsx'
import { type Columns, loadColumns } from './load-columns.ts'
import { rowPoints, seriesPoints } from './points-of.ts'
import { rowsWithin } from './rows-within.ts'
import { loadSample, type Sample } from './sample.ts'
import { SwimLanes } from './swim-lanes.tsx'

const MOST_READ = 10_000 // rows of a large data set whose values are read: the file is read from its beginning

/** A lane for each series, the values along time or rows with marks and band, and the whole below it to choose a stretch from. */
export function Timeline({
  info,
  top,
  sample,
  columns,
  query,
  entity,
  threshold,
  chosen,
  onPick,
}: {
  readonly info: ResultInfo
  readonly top: ReadonlyArray<ResultRow>
  readonly sample: Sample
  readonly columns: Columns | undefined
  readonly query: URLSearchParams
  readonly entity: number
  readonly threshold: number
  readonly chosen: number | undefined
  readonly onPick: (row: number) => void
}): JSX.Element {
  const { series } = info
  const asked = query.get('show') ?? info.columns[0] ?? ''
  const range = rangeIn(query)
  const key = series?.entities[entity]?.key ?? undefined
  const pointsOf = (some: Sample, values: Columns | undefined): Points => {
    const more = sample.isWhole ? [] : top.filter((one) => series === undefined || one.key === key)
    return series === undefined
      ? rowPoints(some, { columns: values, name: asked, threshold, more: values === undefined ? more : [] })
      : seriesPoints(some, some, { entity, threshold, more })
  }
  const overview = useMemo(() => pointsOf(sample, columns), [sample, columns, asked, entity, threshold])
  const { near, isLoading } = useNear(info, sample, overview, range)
  const detail = useMemo(
    () => (near === undefined ? overview : pointsOf(near.sample, near.columns)),
    [near, overview, asked],
  )
  const extent = extentOf(overview)
  const look = (next: Range | undefined): void =>
    changeQuery({ from: next === undefined ? '' : String(next[0]), to: next === undefined ? '' : String(next[1]) })
  const name = series?.value ?? ((near?.columns ?? columns) === undefined ? 'score' : asked)
  const isTime = series !== undefined
  return (
    <>
      {isTime && series.entities.length > 1 && (
        <>
          <h2>
            {series.key ?? 'Series'} by {series.key ?? 'series'}
          </h2>
          <SwimLanes
            name={series.key ?? 'series'}
            entities={series.entities}
            anomalies={top}
            extent={wholeExtent(sample) ?? extent}
            chosen={entity}
            onChoose={(next) => changeQuery({ entity: String(next), from: '', to: '', threshold: '' })}
          />
        </>
      )}
      <h2>{isTime ? `${series.value} over time${key === undefined ? '' : `: ${key}`}` : 'Row by row'}</h2>
      {!isTime && info.columns.length > 1 && (
        <ChoiceOf label="Column" names={info.columns} value={asked} onChange={(show) => changeQuery({ show })} />
      )}
      <TimelineChart
        name={name}
        points={detail}
        isTime={isTime}
        range={range ?? extent}
        chosen={chosen}
        onRange={look}
        onPick={onPick}
      />
      <p role="status">{isLoading && 'Loading this stretch ...'}</p>
      <OverviewStrip points={overview} isTime={isTime} range={range} onRange={look} />
    </>
  )
}

interface Near {
  readonly sample: Sample
  readonly columns: Columns | undefined
}

// Of a large result, the rows of the stretch that is looked at.
function useNear(
  info: ResultInfo,
  sample: Sample,
  overview: Points,
  range: Range | undefined,
): { readonly near: Near | undefined; readonly isLoading: boolean } {
  const { dataset, series, columns } = info
  const rows = sample.isWhole || range === undefined ? undefined : rowsOf(range)
  const answer = useAnswer(`near ${info.id} ${rows?.join(' ')}`, async (signal) => {
    if (rows === undefined) return undefined
    const [start, end] = rows
    const isFew = series === undefined && dataset.id !== null && end - start <= MOST_READ
    const [some, values] = await Promise.all([
      loadSample(info, { start, end, signal }),
      isFew ? loadColumns(dataset.id, columns, { start, end, signal }).catch(() => undefined) : undefined,
    ])
    return { sample: some, columns: values }
  })
  return { near: answer.kind === 'ready' ? answer.value : undefined, isLoading: answer.kind === 'waiting' }

  function rowsOf([from, to]: Range): readonly [number, number] | undefined {
    if (series !== undefined) return rowsWithin(overview, [from, to], info.rows)
    return [Math.max(0, Math.floor(from) - 1), Math.min(info.rows, Math.ceil(to))]
  }
}

function wholeExtent({ series }: Sample): Range | undefined {
  let [least, most] = [Infinity, -Infinity]
  for (const time of series?.time ?? []) {
    if (time === null) continue
    if (time < least) least = time
    if (time > most) most = time
  }
  return least < most ? [least, most] : undefined
}
