/**
 * What a series does at each phase of its cycle on most days, and where it drifts: medians, no model to fit.
 * Source: the seasonal median of J. Hochenbaum, O. Vallis, A. Kejariwal (2017), Automatic Anomaly Detection in the Cloud via
 * Statistical Learning, with a running median as trend and a spread for each phase.
 */
import { median } from '../numeric/order-statistic.ts'
import { checkSeries } from './check-series.ts'
import { robustSpread } from './residual-band.ts'

const ROUNDS = 2 // the trend is taken once more without the season

/** What is expected of a series. */
export interface SeasonalBaseline {
  /** Shape (n). */
  readonly expected: Float64Array
  /** How far points usually are from it, as a standard deviation; shape (n). */
  readonly spreads: Float64Array
  readonly trend: Float64Array
  /** What each phase adds, shape (period): point t has phase t mod period. */
  readonly season: Float64Array
}

/** How it is drawn. */
export interface SeasonalBaselineOptions {
  /** Points in a cycle, >= 2; 1 where there is none. */
  readonly period: number
  /** Points that the running median of the trend looks at; default two cycles and one point, or 101 without a cycle. */
  readonly trend?: number | undefined
}

/**
 * O(n log n) or so.
 * @param values - shape (n), finite, at least two cycles
 * @throws AnomalyDetectionError `series-too-short`, `missing-value`, `non-finite`
 */
export function seasonalBaseline(
  values: Float64Array,
  { period, trend: span }: SeasonalBaselineOptions,
): SeasonalBaseline {
  checkSeries(values, Math.max(3, 2 * period), `a seasonal baseline with a cycle of ${period}`)
  const window = Math.min(values.length, span ?? (period > 1 ? 2 * period + 1 : 101))
  let season: Float64Array = new Float64Array(period)
  let trend = runningMedian(values, window)
  for (let round = 0; round < ROUNDS && period > 1; round++) {
    season = phaseMedians(less(values, trend), period)
    trend = runningMedian(
      values.map((value, t) => value - (season[t % period] as number)),
      window,
    )
  }
  const expected = trend.map((value, t) => value + (season[t % period] as number))
  return { expected, spreads: spreadsOf(less(values, expected), period), trend, season }
}

/**
 * The median of the `window` points around each, of fewer at the ends. Over long windows it is taken at every so manieth
 * point, and lines join these.
 */
function runningMedian(values: Float64Array, window: number): Float64Array {
  const n = values.length
  const half = window >> 1
  const step = Math.max(1, Math.floor(window / 32))
  const result = new Float64Array(n)
  let before = 0
  for (let t = 0; t < n; t = t === n - 1 ? n : Math.min(t + step, n - 1)) {
    result[t] = median(values.slice(Math.max(0, t - half), Math.min(n, t + half + 1)))
    const [from, rise] = [result[before] as number, (result[t] as number) - (result[before] as number)]
    for (let at = before + 1; at < t; at++) result[at] = from + (rise * (at - before)) / (t - before)
    before = t
  }
  return result
}

function phaseMedians(residuals: Float64Array, period: number): Float64Array {
  const season = Float64Array.from({ length: period }, (_, phase) => median(ofPhase(residuals, period, phase)))
  const centre = season.reduce((sum, value) => sum + value / period, 0)
  return season.map((value) => value - centre)
}

// Of a few cycles only, so it is smoothed over neighbouring phases and not let below half of that of all points.
function spreadsOf(residuals: Float64Array, period: number): Float64Array {
  const all = robustSpread(residuals)
  if (period === 1) return new Float64Array(residuals.length).fill(all)
  const own = Float64Array.from({ length: period }, (_, phase) => robustSpread(ofPhase(residuals, period, phase)))
  const reach = Math.ceil(period / 24)
  const smooth = own.map((_, phase) => {
    let sum = 0
    for (let at = phase - reach; at <= phase + reach; at++) sum += own[((at % period) + period) % period] as number
    return Math.max(all / 2, sum / (2 * reach + 1))
  })
  return residuals.map((_, t) => smooth[t % period] as number)
}

function ofPhase(values: Float64Array, period: number, phase: number): Float64Array {
  const count = Math.floor((values.length - 1 - phase) / period) + 1
  return Float64Array.from({ length: count }, (_, cycle) => values[cycle * period + phase] as number)
}

function less(values: Float64Array, by: Float64Array): Float64Array {
  return values.map((value, t) => value - (by[t] as number))
}
