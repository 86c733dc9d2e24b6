/**
 * Interquartile range: how far outside the box of Tukey's boxplot a value lies.
 * Source: J. Tukey (1977), Exploratory Data Analysis, section 2C; quartiles with linear interpolation (numpy's default,
 * R's type 7), where Tukey has hinges.
 */
import type { Detector } from '../detector.ts'
import { quantile } from '../numeric/order-statistic.ts'
import { type ColumnSpans, columnSpansOf, type Span, scoreBySpans } from '../univariate/column-spans.ts'

/** `iqr` has no parameters: the fences are a policy, `{ kind: 'fixed', value: 1.5 }` or 3. */
export type IqrParameters = Readonly<Record<string, never>>

/** Quartiles and interquartile range of each column. */
export type IqrState = ColumnSpans

/**
 * Distance past the nearer quartile in interquartile ranges: max(q1 - x, x - q3) / (q3 - q1). No unit; range [-1/2,
 * infinity): 0 at the box's edge, negative inside it, above 1.5 past the inner fences ("outside"), above 3 past the
 * outer ones ("far out"). On several columns each is scored by itself and a row's score is the largest of them.
 *
 * Where at least half of a column is one value its range may be 0: that value scores 0 and every other the largest
 * double.
 *
 * Cost: O(n d).
 */
export const iqr: Detector<IqrParameters, IqrState> = {
  id: 'iqr',
  fit: (x, _parameters, { signal }) => {
    const state = columnSpansOf(x, spanOf, signal)
    return { state, trainingScores: () => scoreBySpans(state, x, signal) }
  },
  score: (state, x, context) => scoreBySpans(state, x, context?.signal),
}

function spanOf(values: Float64Array): Span {
  const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)]
  return { low, high, scale: high - low }
}
