/**
 * How far out in both tails of each feature's empirical distribution a row lies: what ECOD and COPOD add up.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Fit } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { createArgsort } from '../numeric/argsort.ts'
import { copyColumn } from '../numeric/column.ts'
import { rankInto } from '../numeric/rank.ts'
import { skewnessSign } from '../numeric/skewness.ts'

/** The sorted training values of each feature, one after another, and the side to which each leans. */
export interface TailState {
  readonly rows: number
  readonly columns: number
  /** Shape (columns, rows): each feature's values in ascending order. */
  readonly sorted: Float64Array
  /** Shape (columns): -1 leans left, so that its left tail counts; 1 leans right; 0 both. */
  readonly skew: Int8Array
}

/**
 * What one feature adds to a row's score.
 * @param left - -ln of the share of values at most the row's, >= 0
 * @param right - -ln of the share of values at least the row's, >= 0
 * @param side - the feature's skew: -1, 0 or 1
 */
export type TailScore = (left: number, right: number, side: number) => number

/** Learns the tails of every feature, one at a time; training scores come with it. */
export function fitTails(x: Matrix, tailScore: TailScore, signal: AbortSignal | undefined): Fit<TailState> {
  const { rows, columns } = x
  const sorted = new Float64Array(rows * columns)
  const skew = new Int8Array(columns)
  const scores = new Float64Array(rows)
  const values = new Float64Array(rows)
  const argsort = createArgsort(rows)
  const tails = tailTable(rows)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
    copyColumn(x, column, values)
    const side = skewnessSign(values)
    const order = argsort.sort(values)
    const target = sorted.subarray(column * rows, (column + 1) * rows)
    for (let i = 0; i < rows; i++) target[i] = values[order[i] as number] as number
    addTrainingTails(target, order, tails, side, tailScore, scores)
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
  tailScore: TailScore,
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

/** Scores new rows by their ranks among the training rows alone; one beyond them all counts as 1 in n + 1. */
export function scoreTails(
  state: TailState,
  x: Matrix,
  tailScore: TailScore,
  signal: AbortSignal | undefined,
): Float64Array {
  const { rows: n, columns, sorted, skew } = state
  const scores = new Float64Array(x.rows)
  const values = new Float64Array(x.rows)
  const atMost = new Uint32Array(x.rows)
  const below = new Uint32Array(x.rows)
  const tails = tailTable(n)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
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

// -ln(k / n) for k = 0..n; a tail that no training value reaches (k = 0) counts as the row itself among n + 1.
function tailTable(n: number): Float64Array {
  const table = new Float64Array(n + 1)
  for (let k = 1; k < n; k++) table[k] = -Math.log(k / n)
  table[0] = Math.log(n + 1)
  return table
}
