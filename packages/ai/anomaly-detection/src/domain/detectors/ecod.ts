/**
 * ECOD: how far out in the tails of each feature's empirical distribution a row lies, summed over the features.
 * Source: Z. Li, Y. Zhao, X. Hu, N. Botta, C. Ionescu, G. Chen (2022), ECOD: Unsupervised Outlier Detection Using
 * Empirical Cumulative Distribution Functions, algorithm 1. As in PyOD the score is the sum over features of the
 * largest of the three tail scores (the paper takes the largest of the three sums).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext, ScoreContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { createArgsort } from '../numeric/argsort.ts'
import { copyColumn } from '../numeric/column.ts'
import { rankInto } from '../numeric/rank.ts'
import { skewnessSign } from '../numeric/skewness.ts'

/** ECOD has no parameters. */
export type EcodParameters = Readonly<Record<string, never>>

/** The sorted training values of each feature, one after another, and the side to which each leans. */
export interface EcodState {
  readonly rows: number
  readonly columns: number
  /** Shape (columns, rows): each feature's values in ascending order. */
  readonly sorted: Float64Array
  /** Shape (columns): -1 leans left, so that its left tail counts; 1 leans right; 0 both. */
  readonly skew: Int8Array
}

/**
 * Scores are >= 0 and grow with n: each feature adds between 0 and ln n (for a new row beyond every training value
 * ln(n + 1)), twice that where a feature has no skew. A constant feature adds 0. New rows are ranked among the training
 * rows alone, so that a row's score does not depend on the rows it comes with (PyOD re-ranks the whole batch).
 */
export const ecod: Detector<EcodParameters, EcodState> = { id: 'ecod', fit, score }

function fit(x: Matrix, _parameters: EcodParameters, context: FitContext): Fit<EcodState> {
  const { rows, columns } = x
  const sorted = new Float64Array(rows * columns)
  const skew = new Int8Array(columns)
  const scores = new Float64Array(rows)
  const values = new Float64Array(rows)
  const argsort = createArgsort(rows)
  const tails = tailTable(rows)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(context.signal)
    copyColumn(x, column, values)
    const side = skewnessSign(values)
    const order = argsort.sort(values)
    const target = sorted.subarray(column * rows, (column + 1) * rows)
    for (let i = 0; i < rows; i++) target[i] = values[order[i] as number] as number
    addTrainingTails(target, order, tails, side, scores)
    skew[column] = side
  }
  return { state: { rows, columns, sorted, skew }, trainingScores: () => scores }
}

// Walks the sorted values run by run of equal ones: they share both tails.
function addTrainingTails(
  sorted: Float64Array,
  order: Uint32Array,
  tails: Float64Array,
  side: number,
  scores: Float64Array,
): void {
  const n = sorted.length
  let start = 0
  while (start < n) {
    const value = sorted[start]
    let end = start + 1
    while (end < n && sorted[end] === value) end++
    const tail = tailScore(tails[end] as number, tails[n - start] as number, side)
    for (let i = start; i < end; i++) {
      const row = order[i] as number
      scores[row] = (scores[row] as number) + tail
    }
    start = end
  }
}

function score(state: EcodState, x: Matrix, context?: ScoreContext): Float64Array {
  const { rows: n, columns, sorted, skew } = state
  const scores = new Float64Array(x.rows)
  const values = new Float64Array(x.rows)
  const atMost = new Uint32Array(x.rows)
  const below = new Uint32Array(x.rows)
  const tails = tailTable(n)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(context?.signal)
    copyColumn(x, column, values)
    rankInto(sorted.subarray(column * n, (column + 1) * n), values, below, atMost)
    const side = skew[column] as number
    for (let row = 0; row < x.rows; row++) {
      const left = tails[atMost[row] as number] as number
      const right = tails[n - (below[row] as number)] as number
      scores[row] = (scores[row] as number) + tailScore(left, right, side)
    }
  }
  return scores
}

function tailScore(left: number, right: number, side: number): number {
  if (side === 0) return left + right // never less than either, as both are >= 0
  return left > right ? left : right // the skewed side is one of the two, so it adds nothing to their maximum
}

// -ln(k / n) for k = 0..n; a tail that no training value reaches (k = 0) counts as the row itself among n + 1.
function tailTable(n: number): Float64Array {
  const table = new Float64Array(n + 1)
  for (let k = 1; k < n; k++) table[k] = -Math.log(k / n)
  table[0] = Math.log(n + 1)
  return table
}
