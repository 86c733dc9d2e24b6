import { pca } from '../../detectors/pca.ts'
import { checkSeries } from '../check-series.ts'
import { windowLengthOf } from '../period.ts'
import { checkWindowLength, scoresOfMiddles, subsequencesOf } from '../subsequences.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `sub-pca`. */
export interface SubPcaParameters {
  /** Points in a window, >= 2; null (the default) takes one cycle, 64 at least, see `windowLengthOf`. */
  readonly window: number | null
  /** Components that are scored by, those of most variance; null (the default) for all. */
  readonly nComponents: number | null
}

/**
 * How unlike the others each window is along the principal components of all windows, see `pca`; a point has the score of the
 * window around it. Range (0, infinity), high is abnormal. Source: C. Aggarwal (2017), Outlier Analysis, chapter 9; the best
 * simple method of Q. Liu, J. Paparrizos (2024), The Elephant in the Room, NeurIPS Datasets and Benchmarks. O(n window^2).
 */
export const subPcaDetector: TimeSeriesDetector<SubPcaParameters> = {
  id: 'sub-pca',
  detect: (values, { window, nComponents }, context) => {
    checkSeries(values, 4, 'sub-pca')
    const length = window ?? windowLengthOf(values)
    checkWindowLength(values.length, length, 'sub-pca')
    const windows = subsequencesOf(values, length)
    const parameters = {
      nComponents,
      nSelectedComponents: null,
      weighted: true,
      standardization: true,
      method: 'pyod',
    } as const
    const scores = pca.fit(windows, parameters, context).trainingScores()
    return { scores: scoresOfMiddles(scores, length, values.length, windows.stride), window: length }
  },
}
