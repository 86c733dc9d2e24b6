/**
 * How far out in both tails of each feature's empirical distribution a row lies: what ECOD and COPOD add up.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Fit } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { createArgsort } from '../numeric/argsort.ts'
import { columnsOf, copyColumn } from '../numeric/column.ts'
import { rankInto } from '../numeric/rank.ts'
import { skewnessSign } from '../numeric/skewness.ts'
import { type TailKernel, tailKernelFor } from './tail-kernel.ts'
import { type TailRule, type TailScore, tailScores } from './tail-rule.ts'

/** The sorted training values of each feature, one after another, and the side to which each leans. */
export interface TailState {
  readonly rows: number
  readonly columns: number
  /** Shape (columns, rows): each feature's values in ascending order. */
  readonly sorted: Float64Array
  /** Shape (columns): -1 leans left, so that its left tail counts; 1 leans right; 0 both. */
  readonly skew: Int8Array
}

/** Learns the tails of every feature, one at a time; training scores come with it. */
export function fitTails(x: Matrix, rule: TailRule, signal: AbortSignal | undefined): Fit<TailState> {
  const { rows, columns } = x
  const sorted = columnsOf(x)
  const skew = new Int8Array(columns)
  const tails = tailTable(rows)
  const kernel = tailKernelFor(rows, tails, rule, false)
  const sortColumn = kernel === undefined ? plainSorter(rows, tails, rule) : wasmSorter(kernel)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
    const values = sorted.subarray(column * rows, (column + 1) * rows)
    const side = skewnessSign(values)
    sortColumn.sort(values, side)
    skew[column] = side
  }
  const scores = sortColumn.scores()
  return { state: { rows, columns, sorted, skew }, trainingScores: () => scores }
}

/** Sorts columns in place and adds up what their tails give each row. */
interface ColumnSorter {
  readonly sort: (values: Float64Array, side: number) => void
  readonly scores: () => Float64Array
}

function wasmSorter({ sort, addOwn, scores }: TailKernel): ColumnSorter {
  return {
    sort: (values, side) => {
      values.set(sort(values))
      addOwn(side)
    },
    scores: () => scores.slice(), // of their own: the kernel's memory is larger
  }
}

function plainSorter(rows: number, tails: Float64Array, rule: TailRule): ColumnSorter {
  const scores = new Float64Array(rows)
  const sorted = new Float64Array(rows)
  const argsort = createArgsort(rows)
  return {
    sort: (values, side) => {
      const order = argsort.sort(values)
      for (let i = 0; i < rows; i++) sorted[i] = values[order[i] as number] as number
      addTrainingTails(sorted, order, tails, side, tailScores[rule], scores)
      values.set(sorted)
    },
    scores: () => scores,
  }
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
export function scoreTails(state: TailState, x: Matrix, rule: TailRule, signal: AbortSignal | undefined): Float64Array {
  const { rows: n, columns, sorted, skew } = state
  const tails = tailTable(n)
  const kernel = x.rows * FEW_NEW_ROWS < n ? undefined : tailKernelFor(x.rows, tails, rule, true)
  const values = new Float64Array(x.rows)
  const scores = new Float64Array(x.rows)
  const ranker = kernel === undefined ? plainRanker(scores, tails, rule) : wasmRanker(kernel)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
    copyColumn(x, column, values)
    ranker(sorted.subarray(column * n, (column + 1) * n), values, skew[column] as number)
  }
  if (kernel !== undefined) scores.set(kernel.scores)
  return scores
}

// So many training rows and more for each new one are searched, not merged. Merging / searching, ms for five columns: 500
// among 100,000 1.8 / 1.8, 3,000 2.4 / 6.0; 1,000 among 1,000,000 19 / 13, 3,000 20 / 19, 10,000 24 / 38.
const FEW_NEW_ROWS = 256

/** Adds what a column's tails give each row. */
type ColumnRanker = (training: Float64Array, values: Float64Array, side: number) => void

function wasmRanker({ sort, addAmong }: TailKernel): ColumnRanker {
  return (training, values, side) => {
    sort(values)
    addAmong(training, side)
  }
}

function plainRanker(scores: Float64Array, tails: Float64Array, rule: TailRule): ColumnRanker {
  const atMost = new Uint32Array(scores.length)
  const below = new Uint32Array(scores.length)
  const tailScore = tailScores[rule]
  return (training, values, side) => {
    rankInto(training, values, below, atMost)
    for (let row = 0; row < scores.length; row++) {
      const left = tails[atMost[row] as number] as number
      const right = tails[training.length - (below[row] as number)] as number
      scores[row] = (scores[row] as number) + tailScore(left, right, side)
    }
  }
}

// -ln(k / n) for k = 0..n; a tail that no training value reaches (k = 0) counts as the row itself among n + 1.
function tailTable(n: number): Float64Array {
  const table = new Float64Array(n + 1)
  for (let k = 1; k < n; k++) table[k] = -Math.log(k / n)
  table[0] = Math.log(n + 1)
  return table
}
