import type { KeptNumbers, KeptResult, RowColumn } from '../../application/ports/result-store.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { ResultSeries } from '../../domain/results/result-info.ts'
import { CurveSketch } from './curve-sketch.ts'
import { brief, moment } from './figures.ts'
import type { ReportAnomaly, ReportPlot } from './report-input.ts'
import { type GatheredRows, MOST_ANOMALIES, type ReportSources, ROWS_AT_ONCE } from './report-sources.ts'
import { ScoreHistogram } from './score-histogram.ts'

const MOST_DRAWN = 4 // series, those with the highest scores
const MOST_CLOSE_UPS = 4
const AROUND = 50 // points to either side
const MOST_LOOKED_AT = 20_000 // rows, the highest scores first, of which the anomalies of a report are made
const APART = 3 // points between rows that are anomalies of their own

interface Point {
  readonly row: number
  readonly entity: number
  readonly time: number
  readonly score: number
  readonly value: number
  readonly expected: number
  readonly lower: number
  readonly upper: number
}

/** Where a series begins and ends, and how far apart its points are on the average. */
interface Span {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** Gathers what a report tells of series: all of it is kept with the result. */
export async function gatherSeries(sources: ReportSources, series: ResultSeries): Promise<GatheredRows> {
  const { result } = sources
  const spans = await spansOf(sources, series)
  const peaks = await peaksOf(result, series, spans)
  const drawn = [...series.entities.keys()]
    .sort((a, b) => (series.entities[b]?.highest ?? -Infinity) - (series.entities[a]?.highest ?? -Infinity))
    .slice(0, MOST_DRAWN)
  const whole = drawn.map((entity) => new SeriesPlot(series, entity, spans[entity] as Span))
  const near = peaks.slice(0, MOST_CLOSE_UPS).map((peak) => closeUpOf(series, peak, spans[peak.entity] as Span))
  const histogram = new ScoreHistogram(result.info.scores)
  for await (const point of pointsOf(sources)) {
    const entity = series.entities[point.entity]
    const isAnomaly = entity !== undefined && isAnomalous(point, entity.threshold)
    histogram.add(point.score, isAnomaly)
    for (const plot of whole) plot.add(point, isAnomaly)
    for (const plot of near) plot.add(point, isAnomaly)
  }
  return {
    plots: whole.map((plot) => plot.finished()),
    closeUps: near.map((plot) => plot.finished()),
    histogram,
    valueColumns: [series.value],
    anomalies: peaks.map((peak) => anomalyOf(peak, series)),
    explanations: [],
    lacks: [],
  }
}

class SeriesPlot {
  readonly #entity: number
  readonly #span: Span
  readonly #title: string
  readonly #curves = {
    values: new CurveSketch(),
    expected: new CurveSketch(),
    lower: new CurveSketch(),
    upper: new CurveSketch(),
  }
  readonly #marks = new CurveSketch()
  #points = 0

  constructor(series: ResultSeries, entity: number, span: Span, title?: string) {
    this.#entity = entity
    this.#span = span
    this.#title = title ?? nameOf(series, entity)
  }

  add({ entity, time, value, expected, lower, upper }: Point, isAnomaly: boolean): void {
    const { from, to } = this.#span
    if (entity !== this.#entity || !(time >= from && time <= to)) return
    const place = to > from ? (time - from) / (to - from) : 0.5
    this.#points++
    this.#curves.values.add(place, value)
    this.#curves.expected.add(place, expected)
    this.#curves.lower.add(place, lower)
    this.#curves.upper.add(place, upper)
    if (isAnomaly) this.#marks.add(place, value)
  }

  finished(): ReportPlot {
    const { values, ...rest } = this.#curves
    const others = Object.entries(rest).filter(([, sketch]) => sketch.columns().length > 0)
    const { from, to } = this.#span
    return {
      title: this.#title,
      form: 'curve',
      values,
      marks: this.#marks,
      ...Object.fromEntries(others),
      from: moment(from),
      to: moment(to),
      points: this.#points,
    }
  }
}

function closeUpOf(series: ResultSeries, { entity, time }: Point, { from, to, step }: Span): SeriesPlot {
  const around = { from: Math.max(from, time - AROUND * step), to: Math.min(to, time + AROUND * step), step }
  return new SeriesPlot(series, entity, around, `${nameOf(series, entity)} around ${moment(time)}`)
}

function nameOf({ value, entities }: ResultSeries, entity: number): string {
  const key = entities[entity]?.key ?? null
  return key === null ? brief(value, 60) : `${brief(value, 60)} of ${brief(key, 60)}`
}

function isAnomalous({ score, value }: Point, threshold: number | null): boolean {
  return threshold !== null && score > threshold && !Number.isNaN(value)
}

async function spansOf(sources: ReportSources, { entities }: ResultSeries): Promise<ReadonlyArray<Span>> {
  const spans = entities.map(({ rows }) => ({ from: Infinity, to: -Infinity, rows }))
  for await (const { entity, time } of pointsOf(sources)) {
    const span = spans[entity]
    if (span === undefined) continue
    if (time < span.from) span.from = time
    if (time > span.to) span.to = time
  }
  return spans.map(({ from, to, rows }) => ({ from, to, step: rows > 1 ? (to - from) / (rows - 1) : 1 }))
}

// The highest point of each stretch of anomalous points, the highest first.
async function peaksOf(
  result: KeptResult,
  { entities }: ResultSeries,
  spans: ReadonlyArray<Span>,
): Promise<ReadonlyArray<Point>> {
  const points = await pointsAt(result, await result.read('order', 0, MOST_LOOKED_AT))
  const odd = points.filter((point) => isAnomalous(point, entities[point.entity]?.threshold ?? null))
  const peaks: Point[] = []
  let last: Point | undefined
  for (const point of odd.toSorted((a, b) => a.entity - b.entity || a.time - b.time)) {
    const peak = peaks.at(-1)
    const reach = APART * (spans[point.entity]?.step ?? 0)
    const goesOn = last?.entity === point.entity && point.time - last.time <= reach
    last = point
    if (peak === undefined || !goesOn) peaks.push(point)
    else if (point.score > peak.score) peaks[peaks.length - 1] = point
  }
  return peaks.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, MOST_ANOMALIES)
}

function anomalyOf(
  { row, entity, time, score, value, expected, lower, upper }: Point,
  { entities }: ResultSeries,
): ReportAnomaly {
  const key = entities[entity]?.key ?? null
  return {
    row,
    score,
    key: key ?? undefined,
    time: moment(time),
    expected: there(expected),
    lower: there(lower),
    upper: there(upper),
    values: [Number.isNaN(value) ? null : value],
  }
}

function there(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}

async function* pointsOf({ result, signal }: ReportSources): AsyncGenerator<Point> {
  for (let start = 0; start < result.info.rows; start += ROWS_AT_ONCE) {
    throwIfCancelled(signal)
    const columns = await columnsOf(result, (name) => result.read(name, start, ROWS_AT_ONCE))
    for (let i = 0; i < columns.score.length; i++) yield pointOf(start + i, columns, i)
  }
}

async function pointsAt(result: KeptResult, rows: KeptNumbers): Promise<ReadonlyArray<Point>> {
  const columns = await columnsOf(result, (name) => result.pick(name, rows))
  return Array.from(rows, (row, i) => pointOf(row, columns, i))
}

type Columns = Readonly<Partial<Record<RowColumn, KeptNumbers>>> & { readonly score: KeptNumbers }

async function columnsOf({ info }: KeptResult, read: (name: RowColumn) => Promise<KeptNumbers>): Promise<Columns> {
  const bands = info.bands ? (['expected', 'lower', 'upper'] as const) : []
  const names = ['time', 'value', 'entity', ...bands] as const
  const others = await Promise.all(names.map(async (name) => [name, await read(name)] as const))
  return { score: await read('score'), ...Object.fromEntries(others) }
}

function pointOf(row: number, columns: Columns, at: number): Point {
  const of = (name: RowColumn): number => columns[name]?.[at] ?? Number.NaN
  return {
    row,
    entity: of('entity'),
    time: of('time'),
    score: of('score'),
    value: of('value'),
    expected: of('expected'),
    lower: of('lower'),
    upper: of('upper'),
  }
}
