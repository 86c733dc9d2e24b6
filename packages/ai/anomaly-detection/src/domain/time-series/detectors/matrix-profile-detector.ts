import { fillMissing } from '../fill-missing.ts'
import { matrixProfile } from '../matrix-profile/matrix-profile.ts'
import { windowLengthOf } from '../period.ts'
import { scoresOfMiddles } from '../subsequences.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `matrix-profile`. */
export interface MatrixProfileParameters {
  /** Points in a window, >= 3; null (the default) takes one cycle, 64 at least, see `windowLengthOf`. */
  readonly window: number | null
  /** Whether windows are compared with earlier ones alone, so that the first of several alike ones stands out; default false. */
  readonly left: boolean
}

/**
 * Distance of the window around each point to the most similar other one, see `matrixProfile`. In [0, 2 sqrt(window)], high is
 * abnormal; a point whose window cannot be compared has 0. Shapes count, levels and amplitudes do not. Values may be missing.
 * O(n^2).
 */
export const matrixProfileDetector: TimeSeriesDetector<MatrixProfileParameters> = {
  id: 'matrix-profile',
  detect: (values, { window, left }, { signal }) => {
    const length =
      window ?? windowLengthOf(fillMissing(values.map((value) => (Number.isFinite(value) ? value : Number.NaN))))
    const profile = matrixProfile(values, length, { signal })
    const distances = (left ? profile.leftDistances : profile.distances).map((one) => (Number.isNaN(one) ? 0 : one))
    const scores = scoresOfMiddles(distances, length, values.length)
    return { scores, window: length, nearest: left ? profile.leftNearest : profile.nearest }
  },
}
