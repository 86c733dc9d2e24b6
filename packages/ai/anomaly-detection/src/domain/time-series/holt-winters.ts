/**
 * Forecasts a point ahead from a level, a trend and a season that are smoothed along the way.
 * Sources: P. Winters (1960), Forecasting Sales by Exponentially Weighted Moving Averages, Management Science 6(3); R.
 * Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice.
 */
import { AnomalyDetectionError } from '../errors.ts'
import { StateReader } from '../streaming/state-reader.ts'
import type { StreamDetectorState } from '../streaming/stream-detector.ts'

const ID = 'holt-winters'
const MOST_PHASES = 2 ** 24
const SPREAD_WEIGHT = 0.01 // of the newest error in the estimate of how far forecasts are off
const HELD_AT = 5 // an error counts in it for this many spreads at most, so that an anomaly does not widen the band for long

/** How the season joins the level: as so much more, or so many times. */
export type HoltWintersKind = 'additive' | 'multiplicative'

/** The three smoothing constants, each in [0, 1]: 0 keeps what is known, 1 takes what is new. */
export interface Smoothing {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
}

/** Where the smoothing begins. */
export interface HoltWintersStart {
  readonly level: number
  readonly trend: number
  /** Shape (m), m >= 1: what each phase adds, or multiplies by. [0], or [1], is no season. */
  readonly season: ReadonlyArray<number>
}

/** What is expected of the next point. */
export interface Forecast {
  readonly value: number
  /** How far forecasts are off, as a standard deviation; 0 until errors are known. */
  readonly spread: number
}

/** Smooths on, one point at a time, in O(1). A point that is NaN is taken to be as it was forecast. */
export class HoltWinters {
  readonly kind: HoltWintersKind
  readonly smoothing: Smoothing
  #level: number
  #trend: number
  readonly #season: Float64Array
  #variance: number
  #learned: number

  constructor(
    kind: HoltWintersKind,
    smoothing: Smoothing,
    { level, trend, season }: HoltWintersStart,
    { variance = 0, learned = 0 }: { readonly variance?: number; readonly learned?: number } = {},
  ) {
    for (const [name, value] of Object.entries(smoothing)) {
      if (value >= 0 && value <= 1) continue
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-parameters',
        `${name} is ${value}; it must be 0 to 1`,
        {
          option: name,
          value,
        },
      )
    }
    if (season.length === 0 || ![level, trend, variance, ...season].every(Number.isFinite)) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-parameters',
        'the start of a Holt-Winters smoothing is a level, a trend and a season of one number or more, all finite',
      )
    }
    this.kind = kind
    this.smoothing = smoothing
    this.#level = level
    this.#trend = trend
    this.#season = Float64Array.from(season)
    this.#variance = variance
    this.#learned = learned
  }

  /** Points taken in. */
  get learned(): number {
    return this.#learned
  }

  /** Level and trend now, and the season by phase: point i has phase i mod m. */
  get state(): HoltWintersStart {
    return { level: this.#level, trend: this.#trend, season: Array.from(this.#season) }
  }

  /** Of the next point; nothing changes. */
  forecast(): Forecast {
    const base = this.#level + this.#trend
    const season = this.#season[this.#learned % this.#season.length] as number
    return { value: this.kind === 'additive' ? base + season : base * season, spread: Math.sqrt(this.#variance) }
  }

  /** @throws AnomalyDetectionError `non-finite` for an infinity, and nothing has changed */
  learn(point: number): void {
    if (point === Infinity || point === -Infinity) {
      throw new AnomalyDetectionError('anomaly-detection/non-finite', `a point is ${point}; a finite number is needed`)
    }
    const forecast = this.forecast()
    const value = Number.isNaN(point) ? forecast.value : point
    if (!Number.isNaN(point)) this.#learnError(value - forecast.value)
    const { alpha, beta, gamma } = this.smoothing
    const phase = this.#learned % this.#season.length
    const season = this.#season[phase] as number
    const base = this.#level + this.#trend
    const isAdditive = this.kind === 'additive'
    const level = alpha * (isAdditive ? value - season : ratio(value, season, base)) + (1 - alpha) * base
    this.#trend = beta * (level - this.#level) + (1 - beta) * this.#trend
    this.#season[phase] = gamma * (isAdditive ? value - base : ratio(value, base, season)) + (1 - gamma) * season
    this.#level = level
    this.#learned++
  }

  /** Its whole state, to go on from with the same forecasts to the last bit. */
  toJSON(): StreamDetectorState {
    const { kind, smoothing } = this
    return { id: ID, format: 1, kind, ...smoothing, ...this.state, variance: this.#variance, learned: this.#learned }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` where it is not what `toJSON` gives */
  static fromJSON(state: unknown): HoltWinters {
    const reader = StateReader.ofPart(state, ID)
    const share = (field: string): number => reader.number(field, 0, 1)
    const smoothing = { alpha: share('alpha'), beta: share('beta'), gamma: share('gamma') }
    const season = Array.from(reader.numbers('season', 1, MOST_PHASES))
    const start = { level: reader.number('level'), trend: reader.number('trend'), season }
    const rest = { variance: reader.number('variance', 0), learned: reader.integer('learned') }
    return new HoltWinters(reader.oneOf('kind', ['additive', 'multiplicative']), smoothing, start, rest)
  }

  #learnError(error: number): void {
    const square = error * error
    // plain means at first, so that the start says little for long
    const weight = Math.max(SPREAD_WEIGHT, 1 / (this.#learned + 1))
    const most = weight > SPREAD_WEIGHT ? Infinity : HELD_AT * HELD_AT * this.#variance
    this.#variance += weight * (Math.min(square, most) - this.#variance)
  }
}

// Where what is divided by is 0, nothing is learned.
function ratio(value: number, by: number, otherwise: number): number {
  const result = value / by
  return Number.isFinite(result) ? result : otherwise
}
