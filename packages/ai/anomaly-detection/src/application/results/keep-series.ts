import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ResultInfo, SeriesEntity } from '../../domain/results/result-info.ts'
import { NO_ENTITY, type ResultDraft, type ResultPart, type ResultStore } from '../ports/result-store.ts'
import {
  detectTimeSeries,
  type TimeSeriesDetection,
  type TimeSeriesOptions,
} from '../time-series/detect-time-series.ts'
import { type EvenlySpaced, evenlySpaced } from '../time-series/evenly-spaced.ts'
import type { ReadSeries, TimeSeriesTable } from '../time-series/read-time-series.ts'

/** The most series of a result. */
const MOST_SERIES = 10_000

/** Series that are to be searched, and the result kept. */
export interface SeriesToKeep {
  readonly id: string
  readonly table: TimeSeriesTable
  /** The columns that they were read from. */
  readonly columns: { readonly time: string; readonly key?: string | undefined }
  readonly options: TimeSeriesOptions
  readonly about: Pick<ResultDraft, 'dataset' | 'createdAt' | 'options'> & Partial<Pick<ResultDraft, 'durationMs'>>
  /** Milliseconds of a clock that only rises. */
  readonly now: () => number
  /** What was found in a series before; undefined where it is too short. Default: each is searched here. */
  readonly found?: ((series: ReadSeries) => SearchedSeries | undefined) | undefined
  /** Told before each series. */
  readonly onSeries?: ((done: number, total: number) => void | Promise<void>) | undefined
}

/**
 * Searches each series as `detectTimeSeries` does, and keeps the result. Of many series, those that are too short have no scores.
 * @throws AnomalyDetectionError `series-too-short` where all are, `invalid-options` for more than 10,000 series, as
 *   `detectTimeSeries`, `storage-failed`
 */
export async function keepSeries(results: Pick<ResultStore, 'write'>, given: SeriesToKeep): Promise<ResultInfo> {
  const { id, table, columns, options, about, now, onSeries } = given
  if (table.series.length > MOST_SERIES) throw tooMany(table.series.length, columns.key)
  const start = now()
  const rows = new SeriesRows(table.sourceRows)
  const entities: SeriesEntity[] = []
  let found: TimeSeriesDetection | undefined
  for (const series of table.series) {
    await onSeries?.(entities.length, table.series.length)
    const search = given.found === undefined ? searched(series, options) : given.found(series)
    rows.add(series, search, entities.length)
    entities.push(entityOf(series, search))
    found ??= search?.detection
  }
  if (found === undefined) throw tooShort(entities.length)
  const [only] = entities
  const writer = await results.write(id)
  try {
    await writer.append(rows.part())
    return await writer.finish({
      ...about,
      durationMs: about.durationMs ?? now() - start,
      algorithm: algorithmOf(entities),
      parameters: entities.length === 1 ? found.parameters : (options.parameters ?? {}),
      columns: [table.value],
      series: {
        time: columns.time,
        value: table.value,
        ...(columns.key !== undefined && { key: columns.key }),
        entities,
      },
      threshold: entities.length === 1 ? (only?.threshold ?? null) : null,
      bands: rows.hasBands,
    })
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** What was found in a series. */
export interface SearchedSeries {
  readonly spaced: EvenlySpaced
  readonly detection: TimeSeriesDetection
}

// Undefined where it is too short to say anything about.
function searched({ times, values }: ReadSeries, options: TimeSeriesOptions): SearchedSeries | undefined {
  const spaced = evenlySpaced(times, values)
  try {
    return { spaced, detection: detectTimeSeries(spaced.values.slice(), { ...options, stepMs: spaced.stepMs }) }
  } catch (error) {
    if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/series-too-short') return undefined
    throw error
  }
}

function entityOf({ key, rows, values }: ReadSeries, search: SearchedSeries | undefined): SeriesEntity {
  const counted = { key: key ?? null, rows: rows.length }
  if (search === undefined) return { ...counted, anomalies: 0, highest: null, threshold: null }
  const { detection } = search
  let [anomalies, highest] = [0, -Infinity]
  for (let at = 0; at < rows.length; at++) {
    const score = scoreAt(search, values, at)
    if (score > detection.threshold) anomalies++
    if (score > highest) highest = score
  }
  const { threshold, detector } = detection
  return { ...counted, anomalies, highest: highest > -Infinity ? highest : null, threshold, detector }
}

// A row without a value is a point that was filled in, or shares one with another: it has no score of its own.
function scoreAt({ detection, spaced }: SearchedSeries, values: Float64Array, at: number): number {
  if (Number.isNaN(values[at])) return Number.NaN
  return detection.scores[spaced.pointOf[at] as number] as number
}

/** The columns of a result of series, row by row of the data set. */
class SeriesRows {
  readonly #score: Float64Array
  readonly #time: Float64Array
  readonly #value: Float64Array
  readonly #entity: Uint32Array
  readonly #bands: Record<'expected' | 'lower' | 'upper', Float64Array | undefined> = {
    expected: undefined,
    lower: undefined,
    upper: undefined,
  }
  readonly #rows: number

  constructor(rows: number) {
    this.#rows = rows
    this.#score = this.#missing()
    this.#time = this.#missing()
    this.#value = this.#missing()
    this.#entity = new Uint32Array(rows).fill(NO_ENTITY)
  }

  get hasBands(): boolean {
    return Object.values(this.#bands).some((band) => band !== undefined)
  }

  add({ rows, times, values }: ReadSeries, search: SearchedSeries | undefined, entity: number): void {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number
      this.#time[row] = times[at] as number
      this.#value[row] = values[at] as number
      this.#entity[row] = entity
      if (search !== undefined) this.#score[row] = scoreAt(search, values, at)
    }
    for (const name of ['expected', 'lower', 'upper'] as const) {
      const points = search?.detection[name]
      if (search === undefined || points === undefined) continue
      const band = (this.#bands[name] ??= this.#missing())
      for (let at = 0; at < rows.length; at++) {
        band[rows[at] as number] = points[search.spaced.pointOf[at] as number] as number
      }
    }
  }

  part(): ResultPart {
    const { expected, lower, upper } = this.#bands
    const bands = this.hasBands && {
      expected: expected ?? this.#missing(),
      lower: lower ?? this.#missing(),
      upper: upper ?? this.#missing(),
    }
    return { score: this.#score, time: this.#time, value: this.#value, entity: this.#entity, ...bands }
  }

  #missing(): Float64Array {
    return new Float64Array(this.#rows).fill(Number.NaN)
  }
}

function algorithmOf(entities: ReadonlyArray<SeriesEntity>): string {
  const methods = new Set(entities.flatMap(({ detector }) => (detector === undefined ? [] : [detector])))
  return [...methods].join(', ')
}

function tooShort(series: number): AnomalyDetectionError {
  const which = series === 1 ? 'the series has' : `each of the ${series} series has`
  const message = `${which} too few points to say anything about`
  return new AnomalyDetectionError('anomaly-detection/series-too-short', message, { series })
}

function tooMany(series: number, key: string | undefined): AnomalyDetectionError {
  const message = `${key ?? 'the key'} has ${series} values, and so many series; ${MOST_SERIES} are the most`
  return new AnomalyDetectionError('anomaly-detection/invalid-options', message, {
    issues: [{ path: 'key', message }],
  })
}
