/** What `detect --time` prints: where a series is unlike itself and what was expected there, or every row. */
import type { TimeSeriesTable } from '../../application/time-series/read-time-series.ts'
import { nearestShape } from '../../domain/time-series/nearest-shape.ts'
import type { SeriesAnomaly } from '../../domain/time-series/series-anomaly.ts'
import type { DetectionCommandContext, OutputColumn, OutputRecords, OutputTarget } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import { isOverLimit, shareText } from './fail-limit.ts'
import type { FoundInSeries } from './found-in-series.ts'
import { seriesChart } from './series-chart.ts'
import { count, durationText } from './series-notes.ts'

const TOP_ON_TERMINAL = 20
const DRAWN = 3 // series at most, those with the highest scores

// as an id: a time that is cut short says nothing
const TIME: OutputColumn = { name: 'time', kind: 'integer', text: String }
const ROW: OutputColumn = { name: 'row', kind: 'integer' }

const LASTS: OutputColumn = { name: 'lasts', kind: 'text' }

type Extra = 'expected' | 'lower' | 'upper'

interface Found {
  readonly one: FoundInSeries
  readonly anomaly: SeriesAnomaly
  /** 0-based positions in the series of the rows of its first, highest and last point. */
  readonly first: number
  readonly peak: number
  readonly last: number
}

/** Prints the anomalies of all series, sums them up in a note, and sets the exit code where `--fail-on` says so. */
export async function printSeries(
  found: ReadonlyArray<FoundInSeries>,
  table: TimeSeriesTable,
  flags: DetectFlags,
  context: DetectionCommandContext,
): Promise<void> {
  const target: OutputTarget = { format: flags.format, file: flags.output }
  const ranked = found.flatMap(foundIn).sort((a, b) => b.anomaly.score - a.anomaly.score)
  const limit = flags.top ?? (context.isTerminal(target) ? TOP_ON_TERMINAL : Infinity)
  const rows = found.reduce((sum, { series }) => sum + series.rows.length, 0)
  const anomalous = found.reduce((sum, one) => sum + anomalousRows(one), 0)
  if (flags.failOn !== undefined && isOverLimit(anomalous, rows, flags.failOn)) context.exitWith(1)
  const isTable = (await context.formatOf(target)) === 'table'
  if (isTable && context.isTerminal(target) && context.draw !== undefined)
    await context.draw((width, mark) => pictures(found, table, width, mark))
  await context.print(
    flags.all === true
      ? everyRow(found, table, flags)
      : anomalies(ranked.slice(0, limit), found, table, flags, isTable),
    target,
  )
  const shown = flags.all === true || ranked.length <= limit ? '' : `; ${limit} are shown (--top N for more)`
  context.note(`${summaryOf(found, rows, anomalous, ranked.length)}${shown}`, 'summary')
}

function summaryOf(found: ReadonlyArray<FoundInSeries>, rows: number, anomalous: number, stretches: number): string {
  const methods = new Set(found.map(({ detection }) => detection.detector))
  const series = found.length === 1 ? '' : ` in ${found.length} series`
  return `${count(rows, 'row')}${series}, ${[...methods].join(', ')}: ${count(stretches, 'anomaly', 'anomalies')} over ${count(anomalous, 'row')} (${shareText(anomalous, rows)})`
}

function foundIn(one: FoundInSeries): ReadonlyArray<Found> {
  const rowOf = firstRowOfPoints(one)
  return one.detection.anomalies.map((anomaly) => ({
    one,
    anomaly,
    first: rowOf(anomaly.first),
    peak: rowOf(anomaly.peak),
    last: rowOf(anomaly.last),
  }))
}

// Points are numbered as rows are, but for gaps and rows that share one.
function firstRowOfPoints({ spaced: { pointOf, values } }: FoundInSeries): (point: number) => number {
  const rows = new Int32Array(values.length)
  for (let at = pointOf.length - 1; at >= 0; at--) rows[pointOf[at] as number] = at
  return (point) => rows[point] as number
}

// Where the stretch begins that the one around the peak should have looked like.
function nearestTime(
  { spaced, detection }: FoundInSeries,
  peak: number,
  timeOf: (at: number) => string | number,
): string | number | undefined {
  const point = nearestShape(spaced.values, detection, peak)?.nearestAt
  const at = point === undefined ? -1 : spaced.pointOf.findIndex((one) => one >= point)
  return at === -1 ? undefined : timeOf(at)
}

function lengthText({ series, spaced }: FoundInSeries, first: number, last: number): string {
  return durationText((series.times[last] as number) - (series.times[first] as number) + (spaced.stepMs ?? 0))
}

function isAnomalous({ series, spaced, detection }: FoundInSeries, at: number): boolean {
  if (Number.isNaN(series.values[at])) return false
  return (detection.scores[spaced.pointOf[at] as number] as number) > detection.threshold
}

function anomalousRows(one: FoundInSeries): number {
  let rows = 0
  for (let at = 0; at < one.series.rows.length; at++) if (isAnomalous(one, at)) rows++
  return rows
}

function extrasOf(found: ReadonlyArray<FoundInSeries>): ReadonlyArray<Extra> {
  return (['expected', 'lower', 'upper'] as const).filter((name) =>
    found.some(({ detection }) => detection[name] !== undefined),
  )
}

function keyColumn({ key }: DetectFlags): ReadonlyArray<OutputColumn> {
  return key === undefined ? [] : [{ name: key, kind: 'text' }]
}

function anomalies(
  shown: ReadonlyArray<Found>,
  found: ReadonlyArray<FoundInSeries>,
  table: TimeSeriesTable,
  flags: DetectFlags,
  isTable: boolean,
): OutputRecords {
  const extras = extrasOf(found)
  const compares = found.some(({ detection }) => detection.nearest !== undefined)
  const rows = shown.map(({ one, anomaly, first, peak, last }) => {
    const timeOf = (at: number): string | number => table.timeOf(one.series.rows[at] as number)
    return [
      ...(flags.key === undefined ? [] : [one.series.key]),
      (one.series.rows[peak] as number) + 1,
      timeOf(peak),
      anomaly.value,
      ...extras.map((name) => anomaly[name]),
      anomaly.score,
      anomaly.points,
      ...(isTable ? [lengthText(one, first, last)] : [timeOf(first), timeOf(last)]),
      ...(compares ? [nearestTime(one, anomaly.peak, timeOf)] : []),
    ]
  })
  return {
    columns: [
      ...keyColumn(flags),
      ROW,
      TIME,
      { name: 'value', kind: 'number' },
      ...extras.map((name) => ({ name, kind: 'number' }) as const),
      { name: 'score', kind: 'number' },
      { name: 'points', kind: 'integer' },
      ...(isTable
        ? [LASTS]
        : [
            { ...TIME, name: 'from' },
            { ...TIME, name: 'until' },
          ]),
      ...(compares ? [{ ...TIME, name: 'most_like' }] : []),
    ],
    rows,
  }
}

// In the order of the file.
function everyRow(found: ReadonlyArray<FoundInSeries>, table: TimeSeriesTable, flags: DetectFlags): OutputRecords {
  const extras = extrasOf(found)
  const places = found.flatMap((one) => Array.from(one.series.rows, (row, at) => ({ one, row, at })))
  places.sort((a, b) => a.row - b.row)
  const rows = function* (): Generator<ReadonlyArray<unknown>> {
    for (const { one, row, at } of places) {
      const point = one.spaced.pointOf[at] as number
      const { detection, series } = one
      yield [
        ...(flags.key === undefined ? [] : [series.key]),
        row + 1,
        table.timeOf(row),
        series.values[at],
        ...extras.map((name) => detection[name]?.[point]),
        detection.scores[point],
        isAnomalous(one, at) ? 1 : 0,
      ]
    }
  }
  return {
    columns: [
      ...keyColumn(flags),
      ROW,
      TIME,
      { name: 'value', kind: 'number' },
      ...extras.map((name) => ({ name, kind: 'number' }) as const),
      { name: 'score', kind: 'number' },
      { name: 'anomaly', kind: 'integer' },
    ],
    rows: rows(),
  }
}

function pictures(
  found: ReadonlyArray<FoundInSeries>,
  table: TimeSeriesTable,
  width: number,
  mark: (text: string) => string,
): ReadonlyArray<string> {
  const highest = ({ detection }: FoundInSeries): number =>
    detection.anomalies.reduce((most, { score }) => Math.max(most, score), -Infinity)
  const drawn = found.toSorted((a, b) => highest(b) - highest(a)).slice(0, DRAWN)
  const lines = drawn.flatMap(({ series, spaced, detection }) => {
    const marks = new Uint8Array(spaced.values.length)
    for (const { first, last } of detection.anomalies) marks.fill(1, first, last + 1)
    const timeOf = (at: number): string => String(table.timeOf(series.rows.at(at) as number))
    const title = series.key === undefined ? table.value : `${table.value} of ${series.key}`
    return [...seriesChart({ title, values: spaced.values, marks, from: timeOf(0), to: timeOf(-1) }, width, mark), '']
  })
  return found.length > DRAWN ? [...lines.slice(0, -1), `${found.length - DRAWN} more series are not drawn`, ''] : lines
}
