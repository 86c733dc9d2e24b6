/** Where a Holt-Winters smoothing should begin and how fast it should learn, from a series. */
import { median } from '../numeric/order-statistic.ts'
import { checkSeries } from './check-series.ts'
import { HoltWinters, type HoltWintersKind, type HoltWintersStart, type Smoothing } from './holt-winters.ts'

const START_CYCLES = 4 // medians over so many cycles, where there are, keep an anomaly out of the start
const ALPHAS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8]
const BETAS = [0, 0.01, 0.05]
const GAMMAS = [0.02, 0.1, 0.2, 0.4]

/**
 * Level, trend and season of the first cycles, by medians.
 * @param values - shape (n), finite, at least two cycles
 * @param period - points in a cycle, >= 1; 1 is no season
 * @throws AnomalyDetectionError `series-too-short`
 */
export function holtWintersStart(values: Float64Array, period: number, kind: HoltWintersKind): HoltWintersStart {
  checkSeries(values, Math.max(3, 2 * period), `Holt-Winters with a cycle of ${period}`)
  const cycles = Math.min(START_CYCLES, Math.floor(values.length / period))
  if (period === 1) {
    const first = values.subarray(0, Math.min(values.length, 10))
    return { level: median(first), trend: 0, season: [kind === 'additive' ? 0 : 1] }
  }
  const levels = Float64Array.from({ length: cycles }, (_, cycle) => meanOf(values, cycle * period, period))
  const steps = Float64Array.from(
    { length: cycles - 1 },
    (_, cycle) => (levels[cycle + 1] as number) - (levels[cycle] as number),
  )
  const trend = median(steps) / period
  const middle = (period - 1) / 2
  const season = Array.from({ length: period }, (_, phase) => {
    const parts = Float64Array.from({ length: cycles }, (__, cycle) => {
      const base = (levels[cycle] as number) + trend * (phase - middle)
      const value = values[cycle * period + phase] as number
      return kind === 'additive' ? value - base : base === 0 ? 1 : value / base
    })
    return median(parts)
  })
  return { level: median(levels) - trend * (((cycles - 1) / 2) * period + middle + 1), trend, season }
}

/**
 * The smoothing constants of a grid that forecast the series best: least mean absolute error, which one wild point cannot
 * decide. O(84 n).
 * @param values - shape (n), finite, at least two cycles
 */
export function bestSmoothing(values: Float64Array, period: number, kind: HoltWintersKind): Smoothing {
  const start = holtWintersStart(values, period, kind)
  let best: Smoothing = { alpha: 0.2, beta: 0, gamma: 0.1 }
  let least = Infinity
  for (const alpha of ALPHAS) {
    for (const beta of BETAS) {
      for (const gamma of period === 1 ? [0] : GAMMAS) {
        const smoothing = { alpha, beta, gamma }
        const error = errorOf(values, new HoltWinters(kind, smoothing, start), least)
        if (!(error < least)) continue
        least = error
        best = smoothing
      }
    }
  }
  return best
}

// Stops once it is worse than the best.
function errorOf(values: Float64Array, smoothing: HoltWinters, least: number): number {
  let sum = 0
  for (let t = 0; t < values.length && sum < least; t++) {
    sum += Math.abs((values[t] as number) - smoothing.forecast().value)
    smoothing.learn(values[t] as number)
  }
  return sum
}

function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0
  for (let t = from; t < from + count; t++) sum += values[t] as number
  return sum / count
}
