/**
 * Which features a detector as a whole goes by: what happens when one feature's values are dealt anew among the rows.
 * Sources: L. Breiman (2001), Random Forests, Machine Learning 45, section 10; A. Fisher, C. Rudin, F. Dominici (2019), All
 * Models are Wrong, but Many are Useful, JMLR 20.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import type { ScoreRows } from './score-rows.ts'

/** How importance is measured. */
export interface PermutationOptions {
  /** How often each feature is dealt anew, >= 1. */
  readonly repeats: number
  readonly random: () => number
  /** Shape (n): 0 normal, anything else an anomaly. With them the loss of ROC-AUC is measured, else how far scores move. */
  readonly labels?: Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** Importances of all features. */
export interface PermutationImportance {
  /** With labels the chance level of ROC-AUC, 0.5; else 0. */
  readonly baseValue: number
  /** With labels the ROC-AUC of the rows as they are; else how far scores move when all features are dealt anew at once. */
  readonly outputValue: number
  /** Shape (d), means over the repeats. */
  readonly values: Float64Array
  /** Shape (d); 0 for a single repeat. */
  readonly standardErrors: Float64Array
}

/**
 * @param x - shape (n, d)
 * @throws AnomalyDetectionError `invalid-label` where the labels are all alike, `cancelled`
 */
export async function permutationImportance(
  x: Matrix,
  score: ScoreRows,
  { repeats, random, labels, signal }: PermutationOptions,
): Promise<PermutationImportance> {
  const { rows, columns } = x
  const before = await score(x)
  const auc = labels && rocAuc(before, labels)
  const lossOf = (scores: Float64Array): number =>
    labels === undefined || auc === undefined ? meanChange(before, scores) : auc - rocAuc(scores, labels)
  const losses = new Float64Array(columns * repeats)
  for (let column = 0; column < columns; column++) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      throwIfCancelled(signal)
      losses[column * repeats + repeat] = lossOf(await score({ data: dealt(x, [column], random), rows, columns }))
    }
  }
  const all = Array.from({ length: columns }, (_, column) => column)
  const lossesOf = (column: number): Float64Array => losses.subarray(column * repeats, (column + 1) * repeats)
  return {
    baseValue: auc === undefined ? 0 : 0.5,
    outputValue: auc ?? meanChange(before, await score({ data: dealt(x, all, random), rows, columns })),
    values: Float64Array.from(all, (column) => meanOf(lossesOf(column))),
    standardErrors: Float64Array.from(all, (column) => standardErrorOf(lossesOf(column))),
  }
}

function dealt({ data, rows, columns }: Matrix, chosen: ReadonlyArray<number>, random: () => number): Float64Array {
  const out = data.slice()
  for (const column of chosen) {
    const from = shuffled(rows, random)
    for (let row = 0; row < rows; row++)
      out[row * columns + column] = data[(from[row] as number) * columns + column] as number
  }
  return out
}

function shuffled(rows: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  for (let last = rows - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const other = order[pick] as number
    order[pick] = order[last] as number
    order[last] = other
  }
  return order
}

function meanChange(before: Float64Array, after: Float64Array): number {
  let sum = 0
  for (let row = 0; row < before.length; row++) {
    sum += Math.abs((after[row] as number) - (before[row] as number)) / before.length
  }
  return sum
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

function standardErrorOf(values: Float64Array): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1) / values.length)
}
