import { median } from '../../numeric/order-statistic.ts'
import { checkSeries } from '../check-series.ts'
import { generalisedEsd } from '../generalised-esd.ts'
import { findPeriod } from '../period.ts'
import { leastSpread } from '../residual-band.ts'
import { jumpFor, stl } from '../stl.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'
import { withoutOutliers } from '../without-outliers.ts'

/** Parameters of `seasonal-esd`. */
export interface SeasonalEsdParameters {
  /** Points in a cycle; null (the default) looks for it, and does without where there is none; 1: without. */
  readonly period: number | null
  /** The most anomalies, as a share of the points, in (0, 0.5); default 0.1. */
  readonly maxOutliers: number
  /** The chance of a false alarm on normal residuals, in (0, 1); default 0.05. */
  readonly alpha: number
  /** Median and median absolute deviation (S-H-ESD) in place of mean and standard deviation (S-ESD); default true. */
  readonly hybrid: boolean
}

/**
 * Spreads of the series less its season and its median, the season by robust STL `withoutOutliers`. No unit; range [0, infinity), high is
 * abnormal; points above the limit are those that the test calls outliers. There is no trend: a series that drifts needs
 * another method. Source: J. Hochenbaum, O. Vallis, A. Kejariwal (2017), Automatic Anomaly Detection in the Cloud via Statistical
 * Learning.
 */
export const seasonalEsdDetector: TimeSeriesDetector<SeasonalEsdParameters> = {
  id: 'seasonal-esd',
  detect: (values, { period, maxOutliers, alpha, hybrid }, { signal }) => {
    checkSeries(values, 4, 'seasonal ESD')
    const cycle = period ?? findPeriod(values)?.length ?? 1
    const season =
      cycle > 1
        ? stl(withoutOutliers(values, cycle), { period: cycle, robust: true, jump: jumpFor(cycle), signal }).seasonal
        : new Float64Array(values.length)
    const middle = median(values)
    const least = leastSpread(values)
    const residuals = values.map((value, t) => wholeOf(value - (season[t] as number) - middle, least))
    const most = Math.max(1, Math.floor(maxOutliers * values.length))
    const test = generalisedEsd(residuals, { maxOutliers: most, alpha, hybrid })
    const spread = Math.max(test.scale, least)
    const scores = residuals.map((value) => (spread > 0 ? Math.abs(value - test.centre) / spread : 0))
    const limit = limitOf(scores, test.outliers)
    const expected = season.map((value) => value + middle + test.centre)
    return {
      scores,
      expected,
      lower: expected.map((value) => value - limit * spread),
      upper: expected.map((value) => value + limit * spread),
      limit,
      period: cycle,
    }
  },
}

// What is made of rounding is nothing.
function wholeOf(residual: number, least: number): number {
  return Math.abs(residual) <= least ? 0 : residual
}

// Between the outliers and the rest.
function limitOf(scores: Float64Array, outliers: Int32Array): number {
  const isOutlier = new Set(outliers)
  const rest = scores.reduce((most, score, t) => (isOutlier.has(t) ? most : Math.max(most, score)), 0)
  const least = outliers.reduce((value, t) => Math.min(value, scores[t] as number), Infinity)
  return least === Infinity ? rest : Math.min((rest + least) / 2, least * (1 - Number.EPSILON))
}
