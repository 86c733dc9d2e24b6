import { findPeriod } from '../period.ts'
import { bandAround } from '../residual-band.ts'
import { seasonalBaseline } from '../seasonal-baseline.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `seasonal-baseline`. */
export interface SeasonalBaselineParameters {
  /** Points in a cycle, >= 2; null (the default) looks for it, and does without where there is none; 1: without. */
  readonly period: number | null
  /** The chance that some point of a series of normal residuals is out; in (0, 1), default 0.05. */
  readonly alpha: number
}

/**
 * Spreads from the median of the point's phase, over a running median. No unit; range [0, infinity), high is abnormal; the band
 * is where the score is below its limit. O(n log n).
 */
export const seasonalBaselineDetector: TimeSeriesDetector<SeasonalBaselineParameters> = {
  id: 'seasonal-baseline',
  detect: (values, { period, alpha }) => {
    const cycle = period ?? findPeriod(values)?.length ?? 1
    const { expected, spreads } = seasonalBaseline(values, { period: cycle })
    return { ...bandAround(values, expected, spreads, alpha), period: cycle }
  },
}
