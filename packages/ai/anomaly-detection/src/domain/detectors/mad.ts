/**
 * Median absolute deviation: the modified z-score.
 * Source: B. Iglewicz, D. Hoaglin (1993), How to Detect and Handle Outliers: 0.6745 |x - median| / MAD, which they call
 * an outlier above 3.5. As in PyOD 3.6 (`pyod.models.mad.MAD`), which refuses more than one column.
 */
import type { Detector } from '../detector.ts'
import { median } from '../numeric/order-statistic.ts'
import { type ColumnSpans, columnSpansOf, type Span, scoreBySpans } from '../univariate/column-spans.ts'

const MAD_TO_Z = 0.6745 // about Phi^-1(3/4), with the four digits of the source and of PyOD

/** `mad` has no parameters: PyOD's `threshold` is a policy here, `{ kind: 'fixed', value: 3.5 }`. */
export type MadParameters = Readonly<Record<string, never>>

/** Median and scaled MAD of each column. */
export type MadState = ColumnSpans

/**
 * Modified z-score. No unit; range [0, infinity), high is abnormal, above 3.5 by the source's rule. On several columns
 * each is scored by itself and a row's score is the largest of them.
 *
 * Where more than half of a column is one value its MAD is 0: that value scores 0 and every other the largest double,
 * as in PyOD. Leave such columns out where that is too much.
 *
 * Cost: O(n d).
 */
export const mad: Detector<MadParameters, MadState> = {
  id: 'mad',
  fit: (x, _parameters, { signal }) => {
    const state = columnSpansOf(x, spanOf, signal)
    return { state, trainingScores: () => scoreBySpans(state, x, signal) }
  },
  score: (state, x, context) => scoreBySpans(state, x, context?.signal),
}

function spanOf(values: Float64Array): Span {
  const center = median(values)
  for (let at = 0; at < values.length; at++) values[at] = Math.abs((values[at] ?? 0) - center)
  return { low: center, high: center, scale: median(values) / MAD_TO_Z }
}
