/**
 * INNE: isolation by hyperspheres around a few sampled rows, each as wide as the way to its nearest fellow.
 * Source: T. Bandaragoda, K. Ting, D. Albrecht, F. Liu, Y. Zhu, J. Wells (2018), Isolation-based anomaly detection using
 * nearest-neighbor ensembles, definitions 1 to 4. As in PyOD 3.6 (`pyod.models.inne.INNE`) and unlike the paper's text,
 * radii and distances are squared throughout, the ratio's included. PyOD adds 2^-52 to both radii of a ratio, so that its
 * scores depend on the features' unit where radii are tiny; here the ratio of two spheres of radius 0 is 1 instead.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { squaredDistance } from '../clustering/squared-distance.ts'
import type { Detector, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaledBy, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { LANES, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { scanBlocks } from '../neighbours/scan-blocks.ts'
import { sampleWithoutReplacement } from '../numeric/sample.ts'

const BLOCK_ROWS = 512 // a block of rows and one set of spheres stay in the first-level cache together

/** How the spheres are drawn. */
export interface InneParameters {
  /** Sets of spheres, an integer >= 1; default 200. */
  readonly nEstimators: number
  /** Rows each set is drawn around: an integer >= 1, or a share of the rows in (0, 1); default 8. Never more than n. */
  readonly maxSamples: number
}

/** The spheres, set after set. */
export interface InneState {
  readonly columns: number
  /** Spheres a set. */
  readonly sampleSize: number
  /** Rows are multiplied by 2^exponent before they are compared; 0 but for extreme magnitudes. */
  readonly exponent: number
  /** Shape (sets * sampleSize, columns). */
  readonly centers: Float64Array
  /** Shape (sets * sampleSize): squared radii, ascending within a set, so that the first sphere that covers is it. */
  readonly radii: Float64Array
  /** Shape (sets * sampleSize): 1 - (squared radius of the nearest fellow's sphere) / (own), in [0, 1]. */
  readonly ratios: Float64Array
}

/**
 * Scores are means over the sets of the ratio of the smallest sphere that covers a row, or 1 where none does. No unit; range
 * [0, 1], towards 1 is abnormal. Scale between features matters: standardize features of different units first. A single
 * training row covers nothing but its like; where all rows are alike, rows like them score 0 and all others 1.
 *
 * Cost: time O(sets * sampleSize * (n + m) * d), memory O(sets * sampleSize * d).
 */
export const inne: Detector<InneParameters, InneState> = {
  id: 'inne',
  fit: (x, parameters, context) => {
    const state = drawSpheres(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function drawSpheres(
  x: Matrix,
  { nEstimators, maxSamples }: InneParameters,
  { random, signal }: FitContext,
): InneState {
  const { rows, columns } = x
  const sampleSize = Math.max(1, Math.min(rows, maxSamples < 1 ? Math.floor(maxSamples * rows) : maxSamples))
  const exponent = scaleExponentOf(magnitudeOf(x.data, 0, x.data.length))
  const state: InneState = {
    columns,
    sampleSize,
    exponent,
    centers: new Float64Array(nEstimators * sampleSize * columns),
    radii: new Float64Array(nEstimators * sampleSize),
    ratios: new Float64Array(nEstimators * sampleSize),
  }
  const sample = new Float64Array(sampleSize * columns)
  for (let set = 0; set < nEstimators; set++) {
    throwIfCancelled(signal)
    sampleWithoutReplacement(rows, sampleSize, random).forEach((row, i) => {
      sample.set(x.data.subarray(row * columns, (row + 1) * columns), i * columns)
    })
    placeSet(scaledBy(exponent, { data: sample, rows: sampleSize, columns }), state, set * sampleSize)
  }
  return state
}

// The spheres of one set in ascending order of their radii, the earlier drawn first among equals.
function placeSet({ data, rows, columns }: Matrix, state: InneState, first: number): void {
  const radii = new Float64Array(rows).fill(rows === 1 ? 0 : Infinity)
  const nearest = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      const square = i === j ? Infinity : squaredDistance(data, i * columns, data, j * columns, columns)
      if (square >= (radii[i] ?? 0)) continue
      radii[i] = square
      nearest[i] = j
    }
  }
  const order = Array.from(radii.keys()).sort((a, b) => (radii[a] ?? 0) - (radii[b] ?? 0) || a - b)
  order.forEach((from, place) => {
    const radius = radii[from] ?? 0
    const fellow = radii[nearest[from] ?? 0] ?? 0
    state.centers.set(data.subarray(from * columns, (from + 1) * columns), (first + place) * columns)
    state.radii[first + place] = radius
    state.ratios[first + place] = radius === 0 ? 0 : 1 - fellow / radius
  })
}

function score(state: InneState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { columns, sampleSize, exponent, radii } = state
  const { data, rows } = scaledBy(exponent, x)
  const sets = radii.length / sampleSize
  const spheres = spheresOf(state, sets)
  const blocks = Math.ceil(sampleSize / LANES)
  const scan = scanBlocks.euclidean
  const squares = new Float64Array(LANES)
  const scores = new Float64Array(rows)
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    throwIfCancelled(signal)
    const end = Math.min(start + BLOCK_ROWS, rows)
    for (let set = 0; set < sets; set++) {
      const last = (set + 1) * blocks
      const widest = radii[(set + 1) * sampleSize - 1] ?? 0
      for (let row = start; row < end; row++) {
        let ratio = 1
        for (let block = set * blocks; block < last; block++) {
          block = scan(spheres, columns, block, last, data, row * columns, widest, squares)
          const covering = block < last ? coveringSphere(state, squares, set, block - set * blocks) : -1
          if (covering === -1) continue
          ratio = state.ratios[covering] ?? 1
          break
        }
        scores[row] = (scores[row] ?? 0) + ratio
      }
    }
    for (let row = start; row < end; row++) scores[row] = (scores[row] ?? 0) / sets
  }
  return scores
}

// The first, that is smallest, sphere of a block that reaches as far as the row is from its center; -1 where none does.
function coveringSphere({ sampleSize, radii }: InneState, squares: Float64Array, set: number, block: number): number {
  const first = set * sampleSize + block * LANES
  const end = Math.min(first + LANES, (set + 1) * sampleSize)
  for (let sphere = first; sphere < end; sphere++) {
    if ((squares[sphere - first] ?? Infinity) <= (radii[sphere] ?? 0)) return sphere
  }
  return -1
}

// The centers in blocks, each set beginning a new one.
function spheresOf({ centers, columns, sampleSize }: InneState, sets: number): Float64Array {
  const size = Math.ceil(sampleSize / LANES) * LANES * columns
  const values = new Float64Array(sets * size)
  for (let set = 0; set < sets; set++) {
    const data = centers.subarray(set * sampleSize * columns, (set + 1) * sampleSize * columns)
    values.set(pointBlocksOf({ data, rows: sampleSize, columns }).values, set * size)
  }
  return values
}
