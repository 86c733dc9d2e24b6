/**
 * Generalized extreme studentized deviate test: Grubbs' test for up to r outliers, which do not hide each other.
 * Source: B. Rosner (1983), Percentage Points for a Generalized ESD Many-Outlier Procedure, Technometrics 25.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { createArgsort } from '../numeric/argsort.ts'
import { type ColumnSpans, columnSpansOf, scoreBySpans } from '../univariate/column-spans.ts'
import { extremeDeviationsOf } from '../univariate/extreme-deviations.ts'

/** How many values may be outliers. */
export interface GesdParameters {
  /**
   * The most outliers looked for in a column, r: a whole number >= 1, or a share of the rows in (0, 0.5]; default 0.1.
   * At most (n - 1) / 2 are.
   */
  readonly maxOutliers: number
}

/** Mean and standard deviation (n - 1) of what is left of each column without its r most extreme values. */
export type GesdState = ColumnSpans

/**
 * Training rows: the value farthest from the mean is taken off r times; at step i it has R_i = |x - mean| / s of what
 * was then left, s with one less than their number. The test calls it an outlier where R_j exceeds its critical value
 * at that or any later step j, so its score is the largest R_j from its step on. With p = 1 - alpha / (2 (n - i + 1))
 * and t the p point of Student's t with n - i - 1 degrees of freedom the critical value of step i is (n - i) t /
 * sqrt((n - i - 1 + t^2) (n - i + 1)), good from n = 25 on; it falls slowly with i (n = 54, alpha = 0.05: 3.16 at step
 * 1, 3.09 at step 10), and that of step 1 is Grubbs'. A value that stays has |x - mean| / s of all that stay, and so
 * has a new row: these are not held down by sharing in s, so a training row that is scored again may score higher.
 *
 * No unit; range [0, infinity), high is abnormal. On several columns each is scored by itself and a row's score is the
 * largest of them; divide alpha by their number. Where all that stay are one value, it scores 0 and every other new one
 * the largest double.
 *
 * Cost: O(n log(n) d).
 */
export const gesd: Detector<GesdParameters, GesdState> = {
  id: 'gesd',
  fit,
  score: (state, x, context) => scoreBySpans(state, x, context?.signal),
}

function fit(x: Matrix, { maxOutliers }: GesdParameters, { signal }: FitContext): Fit<GesdState> {
  throwIfCancelled(signal)
  const { rows } = x
  const asked = maxOutliers < 1 ? Math.max(1, Math.floor(maxOutliers * rows)) : maxOutliers
  const most = Math.min(asked, Math.floor((rows - 1) / 2))
  const argsort = createArgsort(rows)
  const sorted = new Float64Array(rows)
  const scores = new Float64Array(rows)
  const state = columnSpansOf(
    x,
    (values) => {
      const order = argsort.sort(values)
      for (let rank = 0; rank < rows; rank++) sorted[rank] = values[order[rank] as number] as number
      const { statistics, kept } = extremeDeviationsOf(sorted, most)
      for (let rank = 0; rank < rows; rank++) {
        const row = order[rank] as number
        scores[row] = Math.max(scores[row] as number, statistics[rank] as number)
      }
      return kept
    },
    signal,
  )
  return { state, trainingScores: () => scores.slice() }
}
