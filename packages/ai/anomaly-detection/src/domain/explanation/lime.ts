/**
 * LIME: a linear model of any detector's score, fitted to random rows around the one that is explained.
 * Source: M. Ribeiro, S. Singh, C. Guestrin (2016), "Why Should I Trust You?", KDD, for tables as in the authors' package:
 * normal perturbations of one standard deviation, kernel width 0.75 sqrt(d), ridge with penalty 1.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { standardNormal } from '../numeric/standard-normal.ts'
import { groupedFit } from './jackknife.ts'
import type { ScoreRows } from './score-rows.ts'

const RIDGE = 1
const WIDTH = 0.75
const BLOCK_VALUES = 2 ** 20

/** How the surrogate is fitted. */
export interface LimeOptions {
  /** Random rows, >= 1; the row itself comes on top. */
  readonly samples: number
  readonly random: () => number
  readonly signal?: AbortSignal | undefined
}

/** The surrogate: score(x + scale * z) is about intercept + coefficients . z for small z. */
export interface LimeFit {
  /** The row's score. */
  readonly outputValue: number
  readonly intercept: number
  /** Per standard deviation; 0 where the background does not vary. Shape (d). */
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** Weighted share of the scores' variance that the surrogate accounts for, at most 1; 1 where all scores are one. */
  readonly fit: number
}

/**
 * @param row - shape (d)
 * @param scales - standard deviations of the features, 0 for one that is held still; shape (d)
 * @throws AnomalyDetectionError `cancelled`
 */
export async function lime(
  row: Float64Array,
  scales: Float64Array,
  score: ScoreRows,
  { samples, random, signal }: LimeOptions,
): Promise<LimeFit> {
  const columns = row.length
  const normal = standardNormal(random)
  const perturbations = new Float64Array((samples + 1) * columns) // the first is none: the row itself
  for (let at = columns; at < perturbations.length; at++) perturbations[at] = normal()
  return limeFit(row, scales, perturbations, await scoresAround(row, scales, perturbations, score, signal))
}

async function scoresAround(
  row: Float64Array,
  scales: Float64Array,
  perturbations: Float64Array,
  score: ScoreRows,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const columns = row.length
  const rows = perturbations.length / columns
  const scores = new Float64Array(rows)
  const turn = Math.max(1, Math.floor(BLOCK_VALUES / columns))
  for (let first = 0; first < rows; first += turn) {
    throwIfCancelled(signal)
    const block: Matrix = {
      data: perturbations.slice(first * columns, (first + turn) * columns),
      rows: Math.min(turn, rows - first),
      columns,
    }
    for (let at = 0; at < block.data.length; at++) {
      const column = at % columns
      block.data[at] = (row[column] as number) + (scales[column] as number) * (block.data[at] as number)
    }
    scores.set(await score(block), first)
  }
  return scores
}

/**
 * The fit to given perturbations.
 * @param perturbations - in standard deviations, the first all 0; shape (n, d)
 * @param scores - shape (n)
 */
export function limeFit(
  row: Float64Array,
  scales: Float64Array,
  perturbations: Float64Array,
  scores: Float64Array,
): LimeFit {
  const columns = row.length
  const moved = scales.reduce<number[]>((list, scale, column) => (scale > 0 ? [...list, column] : list), [])
  const size = moved.length + 1
  const width = WIDTH * Math.sqrt(Math.max(1, moved.length))
  const fit = groupedFit(size)
  const penalties = new Float64Array(size).fill(RIDGE, 1)
  const x = new Float64Array(size).fill(1, 0, 1)
  const weights = new Float64Array(scores.length)
  for (let i = 0; i < scores.length; i++) {
    let square = 0
    for (const [j, column] of moved.entries()) {
      const z = perturbations[i * columns + column] as number
      x[j + 1] = z
      square += z * z
    }
    const weight = Math.sqrt(Math.exp(-square / (width * width)))
    weights[i] = weight
    if (i === 0) fit.addFixed(x, scores[i] as number, weight)
    else fit.addSampled(x, scores[i] as number, weight, i)
  }
  const solved = fit.solve(penalties)
  // the row itself has weight 1 and the slopes are penalized
  if (solved === undefined) throw new Error('the surrogate has no solution')
  const slopes = (solution: Float64Array): Float64Array => {
    const out = new Float64Array(columns)
    for (const [j, column] of moved.entries()) out[column] = solution[j + 1] as number
    return out
  }
  return {
    outputValue: scores[0] as number,
    intercept: solved.solution[0] as number,
    coefficients: slopes(solved.solution),
    standardErrors: fit.standardErrors(slopes, penalties),
    fit: shareAccounted(perturbations, scores, weights, solved.solution[0] as number, slopes(solved.solution)),
  }
}

function shareAccounted(
  perturbations: Float64Array,
  scores: Float64Array,
  weights: Float64Array,
  intercept: number,
  coefficients: Float64Array,
): number {
  if (scores.every((score) => score === scores[0])) return 1
  let whole = 0
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    whole += weights[i] as number
    sum += (weights[i] as number) * (scores[i] as number)
  }
  const mean = sum / whole
  let about = 0
  let left = 0
  for (let i = 0; i < scores.length; i++) {
    let fitted = intercept
    for (let j = 0; j < coefficients.length; j++) {
      fitted += (coefficients[j] as number) * (perturbations[i * coefficients.length + j] as number)
    }
    about += (weights[i] as number) * ((scores[i] as number) - mean) ** 2
    left += (weights[i] as number) * ((scores[i] as number) - fitted) ** 2
  }
  return about > 0 ? 1 - left / about : 1
}
