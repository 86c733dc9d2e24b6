/** The windows of a series as rows of a matrix, and their scores as scores of points. */
import { AnomalyDetectionError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'

const MOST_CELLS = 2 ** 25 // of a matrix of windows: 256 MB

/** Windows that begin every so many points. */
export interface Subsequences extends Matrix {
  readonly stride: number
}

/**
 * The windows [i, i + length) for i = 0, stride, 2 stride, ...
 * @param values - shape (n), n >= length
 * @param stride - default 1, or as many as keep the matrix below 256 MB
 */
export function subsequencesOf(values: Float64Array, length: number, stride?: number): Subsequences {
  const windows = values.length - length + 1
  const step = stride ?? Math.max(1, Math.ceil((windows * length) / MOST_CELLS))
  const rows = Math.floor((windows - 1) / step) + 1
  const data = new Float64Array(rows * length)
  for (let row = 0; row < rows; row++) data.set(values.subarray(row * step, row * step + length), row * length)
  return { data, rows, columns: length, stride: step }
}

/**
 * The score of each point is that of the window of which it is the middle; points at the ends have that of the first or last
 * window, points between windows that of the one before.
 * @param scores - by window
 * @param points - n
 */
export function scoresOfMiddles(
  scores: Float64Array,
  length: number,
  points: number,
  stride: number = 1,
): Float64Array {
  const half = length >> 1
  const last = scores.length - 1
  const result = new Float64Array(points)
  for (let t = 0; t < points; t++) {
    result[t] = scores[Math.min(last, Math.max(0, Math.floor((t - half) / stride)))] as number
  }
  return result
}

/**
 * The score of each point is the mean over the windows that hold it.
 * @param scores - by window
 * @param firsts - the first point of each window, ascending
 * @param points - n
 */
export function meanScoresAt(
  scores: Float64Array,
  firsts: ArrayLike<number>,
  length: number,
  points: number,
): Float64Array {
  const sums = new Float64Array(points)
  const counts = new Float64Array(points)
  let from = 0
  let to = 0
  let sum = 0
  // windows enter and leave in order; sums are made anew now and then, so that rounding does not add up
  for (let t = 0; t < points; t++) {
    while (to < firsts.length && (firsts[to] as number) <= t) sum += scores[to++] as number
    while (from < to && (firsts[from] as number) + length <= t) sum -= scores[from++] as number
    if (t % length === 0) sum = sumOf(scores, from, to)
    sums[t] = sum
    counts[t] = to - from
  }
  let before = 0
  return sums.map(
    (total, t) => (before = (counts[t] as number) > 0 ? Math.max(0, total / (counts[t] as number)) : before),
  )
}

/** As `meanScoresAt`, of windows that begin every `stride` points. */
export function meanScores(scores: Float64Array, length: number, points: number, stride: number = 1): Float64Array {
  return meanScoresAt(
    scores,
    scores.map((_, row) => row * stride),
    length,
    points,
  )
}

/** Each score as the mean of the `span` scores around it, of fewer at the ends. */
export function smoothScores(scores: Float64Array, span: number): Float64Array {
  const half = span >> 1
  return scores.map((_, t) => {
    const [from, to] = [Math.max(0, t - half), Math.min(scores.length, t + half + 1)]
    return Math.min(Number.MAX_VALUE, sumOf(scores, from, to) / (to - from))
  })
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += values[at] as number
  return sum
}

/** @throws AnomalyDetectionError `invalid-parameters`, `series-too-short` for fewer than two windows */
export function checkWindowLength(points: number, length: number, method: string): void {
  if (!Number.isInteger(length) || length < 2) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `${method} takes a window of at least 2 points, a whole number; it is ${length}`,
      { window: length },
    )
  }
  if (points > length) return
  throw new AnomalyDetectionError(
    'anomaly-detection/series-too-short',
    `${points} points are too few for ${method} with windows of ${length}: it needs ${length + 1}`,
    { points, needed: length + 1 },
  )
}
