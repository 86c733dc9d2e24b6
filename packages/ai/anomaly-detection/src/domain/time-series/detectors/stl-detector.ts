import { checkSeries } from '../check-series.ts'
import { requiredPeriod } from '../period.ts'
import { bandAround, robustSpread } from '../residual-band.ts'
import { jumpFor, stl } from '../stl.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'
import { withoutOutliers } from '../without-outliers.ts'

/** Parameters of `stl`. */
export interface StlParameters {
  /** Points in a cycle, >= 2; null (the default) looks for it. */
  readonly period: number | null
  /** Cycles that the season is smoothed over, odd, >= 3; default 7. */
  readonly seasonal: number
  /** Whether outliers are held off; default true. */
  readonly robust: boolean
  /** The chance that some point of a series of normal residuals is out; in (0, 1), default 0.05. */
  readonly alpha: number
}

/**
 * Spreads of what STL leaves over. No unit; range [0, infinity), high is abnormal. For a season that changes over time; the parts are those
 * of the series `withoutOutliers`. O(n
 * period) with a large factor where robust.
 */
export const stlDetector: TimeSeriesDetector<StlParameters> = {
  id: 'stl',
  detect: (values, { period, seasonal, robust, alpha }, { signal }) => {
    checkSeries(values, 4, 'STL')
    const cycle = period ?? requiredPeriod(values, 'STL')
    const parts = stl(withoutOutliers(values, cycle), { period: cycle, seasonal, robust, jump: jumpFor(cycle), signal })
    const expected = parts.trend.map((value, t) => value + (parts.seasonal[t] as number))
    const residuals = values.map((value, t) => value - (expected[t] as number))
    return { ...bandAround(values, expected, robustSpread(residuals), alpha), period: cycle }
  },
}
