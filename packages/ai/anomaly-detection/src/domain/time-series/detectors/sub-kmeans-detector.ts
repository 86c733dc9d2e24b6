import { kMeans } from '../../clustering/k-means.ts'
import { centerSearchOf } from '../../clustering/nearest-centers.ts'
import { checkSeries } from '../check-series.ts'
import { windowLengthOf } from '../period.ts'
import { leastSpread } from '../residual-band.ts'
import { checkWindowLength, meanScores, subsequencesOf } from '../subsequences.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `sub-kmeans`. */
export interface SubKmeansParameters {
  /** Points in a window, >= 2; null (the default) takes one cycle, 64 at least, see `windowLengthOf`. */
  readonly window: number | null
  /** Clusters, >= 1; default 10. */
  readonly nClusters: number
}

/**
 * Distance of each window to the middle of the cluster that it belongs to, by k-means; a point has the mean of the windows that
 * hold it, and is expected to be what the middles of their clusters are there, on average. In the series' unit, range [0, infinity), high is abnormal. Depends on the seed. Source: T. Yairi, Y. Kato, K. Hori
 * (2001), Fault Detection by Mining Association Rules from House-keeping Data, i-SAIRAS (KMeansAD). O(n window clusters) a
 * round of k-means.
 */
export const subKmeansDetector: TimeSeriesDetector<SubKmeansParameters> = {
  id: 'sub-kmeans',
  detect: (values, { window, nClusters }, context) => {
    checkSeries(values, 4, 'sub-kmeans')
    const length = window ?? windowLengthOf(values)
    checkWindowLength(values.length, length, 'sub-kmeans')
    const unit = leastSpread(values) > 0 ? 1 / (1e10 * leastSpread(values)) : 1 // squares of any series are finite then
    const windows = subsequencesOf(
      values.map((value) => value * unit),
      length,
    )
    const { centers } = kMeans(windows, Math.min(nClusters, windows.rows), 3, context)
    const search = centerSearchOf(centers, length)
    const distances = new Float64Array(windows.rows)
    const sums = new Float64Array(values.length)
    const counts = new Float64Array(values.length)
    for (let row = 0; row < windows.rows; row++) {
      const { nearest, square } = search(windows.data, row * length)
      distances[row] = Math.sqrt(square) / unit
      for (let k = 0, t = row * windows.stride; k < length; k++, t++) {
        sums[t] = (sums[t] as number) + (centers[nearest * length + k] as number) / unit
        counts[t] = (counts[t] as number) + 1
      }
    }
    const expected = values.map((value, t) => (counts[t] === 0 ? value : (sums[t] as number) / (counts[t] as number)))
    return { scores: meanScores(distances, length, values.length, windows.stride), expected, window: length }
  },
}
