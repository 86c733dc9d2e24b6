/**
 * LODA: histograms of many sparse random projections; a row scores high where its projections are rare.
 * Source: T. Pevny (2016), Loda: Lightweight on-line detector of anomalies, equations 2 to 4. Defaults, equally wide bins and
 * the number of features in a projection (floor(sqrt d)) as in PyOD 3.6 (`pyod.models.loda.LODA`), which however looks a
 * value up one bin too high, and a value outside the range in an end bin: here a value is scored by the bin it falls into,
 * outside by an empty one. PyOD also divides the mean of the logarithms by the number of projections once more.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaledBy, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { copyColumn } from '../numeric/column.ts'
import { sampleWithoutReplacement } from '../numeric/sample.ts'
import { standardNormal } from '../numeric/standard-normal.ts'

const EMPTY_BIN = 1e-12 // PyOD's count of an empty bin: keeps its logarithm finite
const BLOCK_ROWS = 512 // rows seen along all projections before the next: they stay in the core's cache

/** How the projections and their histograms are made. */
export interface LodaParameters {
  /** Bins a histogram, an integer >= 2; default 10. */
  readonly nBins: number
  /** Projections, an integer >= 1; default 100. */
  readonly nRandomCuts: number
}

/** The projections with their histograms. */
export interface LodaState {
  readonly columns: number
  /** Rows are multiplied by 2^exponent before they are projected; 0 but for extreme magnitudes. */
  readonly exponent: number
  readonly nBins: number
  /** Features a projection uses. */
  readonly width: number
  /** Shape (cuts, width): which features, ascending. */
  readonly features: Int32Array
  /** Shape (cuts, width): their weights. */
  readonly weights: Float64Array
  /** Shape (cuts): where the first bin begins. */
  readonly starts: Float64Array
  /** Shape (cuts): bins per unit, > 0. */
  readonly scales: Float64Array
  /** Shape (cuts, nBins + 1): -ln of each bin's share of the rows; the last entry is that of an empty bin. */
  readonly binScores: Float64Array
}

/**
 * Scores are means over the projections of -ln(share of the rows in the bin). No unit; range [0, 27.7 + ln n], high is
 * abnormal: that of the projections outside the range that the training rows span, or in an empty bin, is 27.6 + ln n. Scale
 * between features matters: standardize features of different units first. Where nothing varies, rows like the training
 * rows score 0 (1e-12 and the like, the empty bins' share).
 *
 * Cost: time O(cuts * sqrt(d) * (n + m)), memory O(cuts * (sqrt(d) + bins)).
 */
export const loda: Detector<LodaParameters, LodaState> = {
  id: 'loda',
  fit: (x, parameters, context) => {
    const { state, scores } = fitHistograms(x, parameters, context)
    return { state, trainingScores: () => scores.slice() }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

// A projection's histogram and what it adds to the training scores are made together: each row is projected once.
function fitHistograms(x: Matrix, { nBins, nRandomCuts }: LodaParameters, { random, signal }: FitContext): FitResult {
  const state = drawProjections(x, nBins, nRandomCuts, random)
  const { columns, data } = scaledBy(state.exponent, x)
  const { width, features, weights, starts, scales, binScores } = state
  const byFeature = Array.from({ length: columns }, (_, column) => {
    const values = new Float64Array(x.rows)
    copyColumn({ data, rows: x.rows, columns }, column, values)
    return values
  })
  const along = new Float64Array(x.rows)
  const bins = new Int32Array(x.rows)
  const scores = new Float64Array(x.rows)
  for (let cut = 0; cut < nRandomCuts; cut++) {
    throwIfCancelled(signal)
    for (let i = cut * width; i < (cut + 1) * width; i++) {
      addWeighted(byFeature[features[i] ?? 0] ?? along, weights[i] ?? 0, along, i === cut * width)
    }
    const { start, scale } = binsOver(along, nBins)
    starts[cut] = start
    scales[cut] = scale
    const own = binScores.subarray(cut * (nBins + 1), (cut + 1) * (nBins + 1))
    for (let row = 0; row < along.length; row++) {
      const bin = binOf(((along[row] ?? 0) - start) * scale, nBins)
      bins[row] = bin
      own[bin] = (own[bin] ?? 0) + 1
    }
    const total = x.rows + nBins * EMPTY_BIN
    for (let bin = 0; bin <= nBins; bin++) own[bin] = -Math.log(((own[bin] ?? 0) + EMPTY_BIN) / total)
    for (let row = 0; row < bins.length; row++) scores[row] = (scores[row] ?? 0) + (own[bins[row] ?? 0] ?? 0)
  }
  return { state, scores: averageOf(scores, nRandomCuts) }
}

interface FitResult {
  readonly state: LodaState
  readonly scores: Float64Array
}

function drawProjections(x: Matrix, nBins: number, cuts: number, random: () => number): LodaState {
  const width = Math.floor(Math.sqrt(x.columns))
  const normal = standardNormal(random)
  const features = new Int32Array(cuts * width)
  const weights = new Float64Array(cuts * width)
  for (let cut = 0; cut < cuts; cut++) {
    features.set(sampleWithoutReplacement(x.columns, width, random).sort(), cut * width)
    for (let i = 0; i < width; i++) weights[cut * width + i] = normal()
  }
  return {
    columns: x.columns,
    exponent: scaleExponentOf(magnitudeOf(x.data, 0, x.data.length)),
    nBins,
    width,
    features,
    weights,
    starts: new Float64Array(cuts),
    scales: new Float64Array(cuts),
    binScores: new Float64Array(cuts * (nBins + 1)),
  }
}

function addWeighted(values: Float64Array, weight: number, sums: Float64Array, anew: boolean): void {
  if (anew) for (let row = 0; row < sums.length; row++) sums[row] = (values[row] ?? 0) * weight
  else for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] ?? 0) + (values[row] ?? 0) * weight
}

// Bins span the training rows; a projection that does not vary beyond rounding gets one unit around its value.
function binsOver(along: Float64Array, nBins: number): { readonly start: number; readonly scale: number } {
  let low = Infinity
  let high = -Infinity
  for (let row = 0; row < along.length; row++) {
    const value = along[row] ?? 0
    if (value < low) low = value
    if (value > high) high = value
  }
  const largest = Math.max(Math.abs(low), Math.abs(high))
  if (high - low > largest * nBins * 2 ** -48) return { start: low, scale: nBins / (high - low) }
  const half = Math.max(0.5, largest * 2 ** -40)
  return { start: low - half, scale: nBins / (2 * half) }
}

// The largest training value belongs to the last bin, though rounding may put it past the end; nBins is outside.
function binOf(place: number, nBins: number): number {
  if (place >= 0 && place < nBins) return Math.floor(place)
  return place >= nBins && place <= nBins * (1 + 2 ** -50) ? nBins - 1 : nBins
}

function score(state: LodaState, unscaled: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { nBins, width, features, weights, starts, scales, binScores } = state
  const { data, rows, columns } = scaledBy(state.exponent, unscaled)
  const scores = new Float64Array(rows)
  const along = new Float64Array(BLOCK_ROWS)
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    throwIfCancelled(signal)
    const count = Math.min(BLOCK_ROWS, rows - first)
    for (let cut = 0; cut < starts.length; cut++) {
      along.fill(0)
      for (let i = cut * width; i < (cut + 1) * width; i++) {
        const weight = weights[i] ?? 0
        let at = first * columns + (features[i] ?? 0)
        for (let row = 0; row < count; row++, at += columns) along[row] = (along[row] ?? 0) + (data[at] ?? 0) * weight
      }
      const start = starts[cut] ?? 0
      const scale = scales[cut] ?? 0
      const base = cut * (nBins + 1)
      for (let row = 0; row < count; row++) {
        const bin = binOf(((along[row] ?? 0) - start) * scale, nBins)
        scores[first + row] = (scores[first + row] ?? 0) + (binScores[base + bin] ?? 0)
      }
    }
  }
  return averageOf(scores, starts.length)
}

function averageOf(sums: Float64Array, cuts: number): Float64Array {
  return sums.map((sum) => sum / cuts)
}
