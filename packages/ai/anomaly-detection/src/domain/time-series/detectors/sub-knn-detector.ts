import { checkSeries } from '../check-series.ts'
import { nearestWindows } from '../nearest-windows.ts'
import { windowLengthOf } from '../period.ts'
import { checkWindowLength, scoresOfMiddles } from '../subsequences.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `sub-knn`. */
export interface SubKnnParameters {
  /** Points in a window, >= 2; null (the default) takes one cycle, 64 at least, see `windowLengthOf`. */
  readonly window: number | null
  /** Neighbours looked at, >= 1; default 50. */
  readonly nNeighbors: number
}

/**
 * Distance of the window around each point to its k-th nearest among those more than half a window away; what is expected is the point of the nearest. In the series' unit, range [0, infinity), high
 * is abnormal. Unlike `matrix-profile`, levels and amplitudes count, and several alike anomalies do not hide each other.
 * O(n^2). Source: S. Ramaswamy, R. Rastogi, K. Shim (2000), Efficient algorithms for mining outliers from large data sets.
 */
export const subKnnDetector: TimeSeriesDetector<SubKnnParameters> = {
  id: 'sub-knn',
  detect: (values, { window, nNeighbors }, { signal }) => {
    checkSeries(values, 4, 'sub-knn')
    const length = window ?? windowLengthOf(values)
    checkWindowLength(values.length, length, 'sub-knn')
    const { distances, nearest } = nearestWindows(values, length, nNeighbors, length >> 1, signal)
    const expected = values.map((value, t) => {
      const at = Math.max(0, Math.min(t - (length >> 1), nearest.length - 1))
      return (nearest[at] as number) === -1 ? value : (values[(nearest[at] as number) + t - at] as number)
    })
    return { scores: scoresOfMiddles(distances, length, values.length), expected, window: length, nearest }
  },
}
