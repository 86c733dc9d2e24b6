/**
 * Dixon's Q test: the gap before an extreme value as a share of the range.
 * Source: R. Dean, W. Dixon (1951), Simplified Statistics for Small Numbers of Observations, Analytical Chemistry 23;
 * the ratio r10 of W. Dixon (1953), Processing Data for Outliers.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, ScoreContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { copyColumn } from '../numeric/column.ts'
import { gapAt, gapProfileOf } from '../univariate/gap-profile.ts'

/** `dixon` has no parameters: its critical value is a policy, see the detector. */
export type DixonParameters = Readonly<Record<string, never>>

/** The training values of each column in order. */
export interface DixonState {
  readonly rows: number
  readonly columns: number
  /** Shape (columns, rows), each column ascending. */
  readonly sorted: Float64Array
}

/**
 * Q = gap / range. No unit; range [0, 1], high is abnormal. The test knows the largest and the smallest value: for the
 * largest Q is its distance from the next one over its distance from the smallest. Any other value is scored as if
 * those beyond it were not there, and beyond a gap none scores lower than what stands right behind it, so that two
 * alike do not hide each other. The middle value, or the middle two, score 0. A new value takes its place among the
 * training rows; one that equals a training row scores as that.
 *
 * The test was made for 3 to 30 values. Critical values of Q at 95 %, two-sided: n = 3 0.970, 5 0.710, 10 0.466, 20
 * 0.342, 30 0.298 (D. Rorabacher, 1991). On several columns each is scored by itself and a row's score is the largest
 * of them. A constant column scores 0, and 1 for every other new value.
 *
 * Cost: fit O(n log(n) d), score O((n + m log(n)) d).
 */
export const dixon: Detector<DixonParameters, DixonState> = {
  id: 'dixon',
  fit: (x, _parameters, { signal }) => {
    throwIfCancelled(signal)
    const { rows, columns } = x
    const sorted = new Float64Array(rows * columns)
    for (let column = 0; column < columns; column++) {
      const values = sorted.subarray(column * rows, (column + 1) * rows)
      copyColumn(x, column, values)
      values.sort()
    }
    const state: DixonState = { rows, columns, sorted }
    return { state, trainingScores: () => score(state, x, { signal }) }
  },
  score,
}

function score({ rows, columns, sorted }: DixonState, x: Matrix, context?: ScoreContext): Float64Array {
  const scores = new Float64Array(x.rows)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(context?.signal)
    const values = sorted.subarray(column * rows, (column + 1) * rows)
    const profile = gapProfileOf(values)
    for (let row = 0, at = column; row < x.rows; row++, at += columns) {
      scores[row] = Math.max(scores[row] as number, gapAt(values, profile, x.data[at] as number))
    }
  }
  return scores
}
