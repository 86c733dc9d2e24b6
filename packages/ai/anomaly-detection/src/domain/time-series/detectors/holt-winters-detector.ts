import { checkSeries } from '../check-series.ts'
import { bestSmoothing, holtWintersStart } from '../fit-holt-winters.ts'
import { HoltWinters, type HoltWintersKind } from '../holt-winters.ts'
import { findPeriod } from '../period.ts'
import { leastSpread, limitOf } from '../residual-band.ts'
import type { SeriesScores, TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `holt-winters`; see `HoltWinters`. */
export interface HoltWintersParameters {
  /** Points in a cycle; null (the default) looks for it, and does without where there is none; 1: without. */
  readonly period: number | null
  /** Default `additive`. */
  readonly kind: HoltWintersKind
  /** In [0, 1] each; null (the default) takes those of a grid that forecast the series best. */
  readonly alpha: number | null
  readonly beta: number | null
  readonly gamma: number | null
}

const FALSE_ALARMS = 0.05 // the chance of one on a series of normal errors

/**
 * Spreads between each point and what was forecast from those before it. No unit; range [0, infinity), high is abnormal. Start
 * and constants come from the series as a whole, all else from the past of a point. O(n), with a search O(84 n).
 */
export const holtWintersDetector: TimeSeriesDetector<HoltWintersParameters> = {
  id: 'holt-winters',
  detect: (values, { period, kind, ...given }) => {
    checkSeries(values, 4, 'Holt-Winters')
    const cycle = period ?? findPeriod(values)?.length ?? 1
    const isOpen = given.alpha === null || given.beta === null || given.gamma === null
    const best = isOpen ? bestSmoothing(values, cycle, kind) : undefined
    const smoothing = {
      alpha: given.alpha ?? best?.alpha ?? 0,
      beta: given.beta ?? best?.beta ?? 0,
      gamma: given.gamma ?? best?.gamma ?? 0,
    }
    const forecasts = new HoltWinters(kind, smoothing, holtWintersStart(values, cycle, kind))
    return { ...scoresOf(values, forecasts, cycle), period: cycle }
  },
}

function scoresOf(values: Float64Array, forecasts: HoltWinters, cycle: number): SeriesScores {
  const n = values.length
  const limit = limitOf(n, FALSE_ALARMS)
  const least = leastSpread(values)
  const [scores, expected, lower, upper] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ] // four of them
  for (let t = 0; t < n; t++) {
    const point = values[t] as number
    const { value, spread } = forecasts.forecast()
    const isKnown = t >= Math.max(10, cycle) // before, the spread says little
    const unit = Math.max(least, spread)
    const off = Math.abs(point - value)
    scores[t] = isKnown && off > 0 ? Math.min(Number.MAX_VALUE, off / unit) : 0
    expected[t] = value
    lower[t] = isKnown ? value - limit * unit : Math.min(value, point)
    upper[t] = isKnown ? value + limit * unit : Math.max(value, point)
    forecasts.learn(point)
  }
  return { scores, expected, lower, upper, limit }
}
