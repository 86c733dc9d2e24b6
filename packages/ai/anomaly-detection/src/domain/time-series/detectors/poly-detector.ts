import { checkSeries } from '../check-series.ts'
import { windowLengthOf } from '../period.ts'
import { polynomialFit } from '../polynomial-fit.ts'
import { checkWindowLength, meanScoresAt } from '../subsequences.ts'
import type { TimeSeriesDetector } from '../time-series-detector.ts'

/** Parameters of `poly`. */
export interface PolyParameters {
  /** Points in a window, >= 2; null (the default) takes one cycle, 64 at least, see `windowLengthOf`. */
  readonly window: number | null
  /** Of the polynomial, 0 to 10; default 2 (TSB-AD: 4). */
  readonly degree: number
  /** Points that it is drawn through, in windows, > 1; default 10. */
  readonly neighbourhood: number
}

/**
 * How far each window lies from a polynomial through its neighbourhood, the window left out: the root of the mean squared
 * distance, in the series' unit; a point has the mean of the windows that hold it. Range [0, infinity), high is abnormal. O(n neighbourhood).
 */
export const polyDetector: TimeSeriesDetector<PolyParameters> = {
  id: 'poly',
  detect: (values, { window, degree, neighbourhood }, { signal }) => {
    checkSeries(values, 4, 'poly')
    const length = window ?? windowLengthOf(values)
    checkWindowLength(values.length, length, 'poly')
    const fit = polynomialFit(values, {
      window: length,
      degree,
      neighbourhood: Math.max(100, Math.ceil(neighbourhood * length)),
      stride: Math.max(1, length >> 2),
      signal,
    })
    const scores = meanScoresAt(fit.errors, fit.firsts, length, values.length)
    return { scores, expected: fit.expected, window: length }
  },
}
