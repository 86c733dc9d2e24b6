/**
 * Grubbs' test: how many standard deviations a value lies from the mean.
 * Source: F. Grubbs (1950), Sample Criteria for Testing Outlying Observations, Annals of Mathematical Statistics 21.
 */
import type { Detector } from '../detector.ts'
import { momentsOf } from '../univariate/central-moments.ts'
import { type ColumnSpans, columnSpansOf, scoreBySpans, type Span } from '../univariate/column-spans.ts'

/** `grubbs` has no parameters: its critical value is a policy, see the detector. */
export type GrubbsParameters = Readonly<Record<string, never>>

/** Mean and standard deviation (n - 1) of each column. */
export type GrubbsState = ColumnSpans

/**
 * G = |x - mean| / s, s with n - 1. No unit; range [0, (n - 1) / sqrt(n)] for training rows, [0, infinity) for new
 * ones, high is abnormal. The test asks whether the largest G of a column is an outlier of a normal sample: at level
 * alpha it is above (n - 1) / sqrt(n) * sqrt(t^2 / (n - 2 + t^2)), t the upper alpha / (2n) point of Student's t with n
 * - 2 degrees of freedom (n = 8, alpha = 0.05: 2.13; n = 100: 3.38). It knows one outlier: several hide each other, see
 * `gesd`.
 *
 * On several columns each is scored by itself and a row's score is the largest of them; divide alpha by their number.
 * In a constant column its value scores 0 and every other the largest double.
 *
 * Cost: O(n d).
 */
export const grubbs: Detector<GrubbsParameters, GrubbsState> = {
  id: 'grubbs',
  fit: (x, _parameters, { signal }) => {
    const state = columnSpansOf(x, spanOf, signal)
    return { state, trainingScores: () => scoreBySpans(state, x, signal) }
  },
  score: (state, x, context) => scoreBySpans(state, x, context?.signal),
}

function spanOf(values: Float64Array): Span {
  const { mean, squares } = momentsOf(values, 0, values.length)
  return { low: mean, high: mean, scale: Math.sqrt(squares / Math.max(1, values.length - 1)) }
}
