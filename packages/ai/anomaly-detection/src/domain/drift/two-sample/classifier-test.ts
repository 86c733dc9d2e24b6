/**
 * The classifier two-sample test: can a classifier that has learned from half of the rows tell which sample the others are from?
 * Source: D. Lopez-Paz, M. Oquab (2017), Revisiting classifier two-sample tests, ICLR; judged by the ranking rather than by the
 * accuracy, and both halves are used: the p values of the two fits are joined by Šidák's rule.
 */
import type { Matrix } from '../../matrix.ts'
import { argsort } from '../../numeric/argsort.ts'
import { upperGamma } from '../../numeric/incomplete-gamma.ts'
import { seededRandom } from '../../numeric/seeded-random.ts'
import { logisticWeights, logOdds } from './logistic-regression.ts'
import { pairsAbove } from './mann-whitney.ts'
import { refuseUnfit, rowsOf, stacked, thinned } from './pooled-rows.ts'
import { drawFirst } from './shuffled-labels.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

const LEAST_ROWS = 8
const MOST_PRODUCTS_OF = 12 // columns; their products are 66 more

/** How the test is made. */
export interface ClassifierTestOptions {
  /** A safe integer >= 0; default 0. */
  readonly seed?: number
  /** At most so many rows of each sample are used, drawn by the seed; default 4000. */
  readonly maxRows?: number
}

/**
 * Sees shifts, changes of spread and, up to 12 columns, of how two columns go together: the classifier is a logistic regression
 * on the ranks of the values, their squares and products. Scales and outliers do not matter.
 * @param x - shape (n, d), n >= 8
 * @param y - shape (m, d), m >= 8
 * @returns the statistic is the mean area under the ROC curve of the two fits: 0.5 is no drift, 1 tells all rows apart
 * @throws AnomalyDetectionError `shape-mismatch`, `empty-dataset` with fewer rows, `non-finite`
 */
export function classifierTest(
  x: Matrix,
  y: Matrix,
  { seed = 0, maxRows = 4000 }: ClassifierTestOptions = {},
): TwoSampleOutcome {
  refuseUnfit(x, y, LEAST_ROWS)
  const random = seededRandom(seed)
  const [a, b] = [thinned(x, maxRows, random), thinned(y, maxRows, random)]
  const features = featuresOf(stacked(a, b))
  const [firstA, restA] = halvesOf(0, a.rows, random)
  const [firstB, restB] = halvesOf(a.rows, b.rows, random)
  const forwards = judged(features, [firstA, firstB], [restA, restB])
  const backwards = judged(features, [restA, restB], [firstA, firstB])
  const smaller = Math.min(forwards.pValue, backwards.pValue)
  return {
    statistic: (forwards.statistic + backwards.statistic) / 2,
    pValue: smaller * (2 - smaller), // 1 - (1 - p)^2
  }
}

type Halves = readonly [Int32Array, Int32Array]

function halvesOf(from: number, rows: number, random: () => number): Halves {
  const order = Int32Array.from({ length: rows }, (_, row) => from + row)
  const half = rows >> 1
  drawFirst(order, half, random)
  return [order.subarray(0, half), order.subarray(half)]
}

function judged(features: Matrix, learned: Halves, asked: Halves): TwoSampleOutcome {
  const [first, second] = learned
  const isFirst = new Uint8Array(first.length + second.length).fill(1, 0, first.length)
  const weights = logisticWeights(rowsOf(features, Int32Array.of(...first, ...second)), isFirst)
  const [ofFirst, ofSecond] = asked.map((rows) => logOdds(rowsOf(features, rows), weights).sort())
  return oneSided(ofFirst as Float64Array, ofSecond as Float64Array) // two in, two out
}

function oneSided(above: Float64Array, below: Float64Array): TwoSampleOutcome {
  const [n, m] = [above.length, below.length]
  const { u, ties } = pairsAbove(above, below)
  const all = n + m
  const sd = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))))
  const statistic = u / (n * m)
  if (!(sd > 0)) return { statistic, pValue: 1 }
  const z = (u - (n * m) / 2) / sd
  const tail = upperGamma(0.5, (z * z) / 2) / 2
  return { statistic, pValue: z >= 0 ? tail : 1 - tail }
}

// A constant, the ranks in (-1, 1), their squares, and the products of two.
function featuresOf(pooled: Matrix): Matrix {
  const { rows, columns: d } = pooled
  const hasProducts = d <= MOST_PRODUCTS_OF
  const columns = 1 + 2 * d + (hasProducts ? (d * (d - 1)) / 2 : 0)
  const data = new Float64Array(rows * columns)
  const ranks = Array.from({ length: d }, (_, column) => centredRanks(pooled, column))
  for (let row = 0; row < rows; row++) {
    let at = row * columns
    data[at++] = 1
    for (const [column, own] of ranks.entries()) {
      const value = own[row] as number
      data[at++] = value
      data[at++] = value * value - 1 / 3
      for (let other = 0; hasProducts && other < column; other++) data[at++] = value * (ranks[other]?.[row] as number)
    }
  }
  return { data, rows, columns }
}

function centredRanks({ data, rows, columns }: Matrix, column: number): Float64Array {
  const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + column] as number)
  const order = argsort(values)
  const ranks = new Float64Array(rows)
  for (let start = 0; start < rows;) {
    let end = start
    while (end < rows && values[order[end] as number] === values[order[start] as number]) end++
    for (let at = start; at < end; at++) ranks[order[at] as number] = (start + end) / rows - 1
    start = end
  }
  return ranks
}
