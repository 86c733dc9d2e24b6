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
import { fillTailTable } from './tail-table.ts'

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
  const kernel = tailKernelFor(rows, rows, rule)
  const sorter = kernel === undefined ? plainSorter(rows, rule) : wasmSorter(kernel)
  for (let column = 0; column < columns; column += 2) {
    throwIfCancelled(signal)
    const one = sorted.subarray(column * rows, (column + 1) * rows)
    const other = column + 1 < columns ? sorted.subarray((column + 1) * rows, (column + 2) * rows) : undefined
    const [side, otherSide] = sorter.skewnessSigns(one, other ?? one)
    skew[column] = side
    sorter.sort(one, side)
    if (other === undefined) break
    skew[column + 1] = otherSide
    sorter.sort(other, otherSide)
  }
  const scores = sorter.scores()
  return { state: { rows, columns, sorted, skew }, trainingScores: () => scores }
}

/** Sorts columns in place and adds up what their tails give each row. */
interface ColumnSorter {
  readonly skewnessSigns: (one: Float64Array, other: Float64Array) => readonly [number, number]
  readonly sort: (values: Float64Array, side: number) => void
  readonly scores: () => Float64Array
}

function wasmSorter({ column, skewnessSigns, sort, addOwn, finish }: TailKernel): ColumnSorter {
  return {
    skewnessSigns,
    sort: (values, side) => {
      column.set(values)
      values.set(sort())
      addOwn(side)
    },
    scores: finish,
  }
}

function plainSorter(rows: number, rule: TailRule): ColumnSorter {
  const tails = fillTailTable(new Float64Array(rows + 1))
  const scores = new Float64Array(rows)
  const sorted = new Float64Array(rows)
  const argsort = createArgsort(rows)
  return {
    skewnessSigns: (one, other) => [skewnessSign(one), skewnessSign(other)],
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
  const kernel = x.rows * FEW_NEW_ROWS < n ? undefined : tailKernelFor(x.rows, n, rule)
  const ranker = kernel === undefined ? plainRanker(x.rows, n, rule) : wasmRanker(kernel)
  for (let column = 0; column < columns; column++) {
    throwIfCancelled(signal)
    copyColumn(x, column, ranker.column)
    ranker.rank(sorted.subarray(column * n, (column + 1) * n), skew[column] as number)
  }
  return ranker.scores()
}

// So many training rows and more for each new one are searched, not merged. Merging / searching, ms for five columns: 500
// among 100,000 1.8 / 1.8, 3,000 2.4 / 6.0; 1,000 among 1,000,000 19 / 13, 3,000 20 / 19, 10,000 24 / 38.
const FEW_NEW_ROWS = 256

/** Adds what the tails of new values give each row. */
interface ColumnRanker {
  /** Where a column's new values are to be written. */
  readonly column: Float64Array
  readonly rank: (training: Float64Array, side: number) => void
  readonly scores: () => Float64Array
}

function wasmRanker({ column, sort, addAmong, finish }: TailKernel): ColumnRanker {
  return {
    column,
    rank: (training, side) => {
      sort()
      addAmong(training, side)
    },
    scores: finish,
  }
}

function plainRanker(rows: number, n: number, rule: TailRule): ColumnRanker {
  const column = new Float64Array(rows)
  const scores = new Float64Array(rows)
  const atMost = new Uint32Array(rows)
  const below = new Uint32Array(rows)
  const tails = fillTailTable(new Float64Array(n + 1))
  const tailScore = tailScores[rule]
  return {
    column,
    rank: (training, side) => {
      rankInto(training, column, below, atMost)
      for (let row = 0; row < rows; row++) {
        const left = tails[atMost[row] as number] as number
        const right = tails[n - (below[row] as number)] as number
        scores[row] = (scores[row] as number) + tailScore(left, right, side)
      }
    },
    scores: () => scores,
  }
}
