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
import { sampleWithoutReplacement } from '../numeric/sample.ts'
import { ratioAdderOf, type Spheres } from '../spheres/covered-ratios.ts'

const BLOCK_ROWS = 512 // a block of rows and one set of spheres stay in the first-level cache together

/** How the spheres are drawn. */
export interface InneParameters {
  /** Sets of spheres, an integer >= 1; default 200. */
  readonly nEstimators: number
  /** Rows each set is drawn around: an integer >= 1, or a share of the rows in (0, 1); default 8. Never more than n. */
  readonly maxSamples: number
}

/** The spheres, set after set. A ratio is 1 - (squared radius of the nearest fellow's sphere) / (own), in [0, 1]. */
export interface InneState extends Spheres {
  /** Rows are multiplied by 2^exponent before they are compared; 0 but for extreme magnitudes. */
  readonly exponent: number
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
  scoresTrainingRowsAsNew: true,
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
  const addRatios = ratioAdderOf(state, Math.min(rows, BLOCK_ROWS))
  const scores = new Float64Array(rows)
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    throwIfCancelled(signal)
    const last = Math.min(first + BLOCK_ROWS, rows)
    addRatios(data.subarray(first * columns, last * columns), scores.subarray(first, last))
  }
  const sets = radii.length / sampleSize
  for (let row = 0; row < rows; row++) scores[row] = (scores[row] ?? 0) / sets
  return scores
}
