/**
 * HBOS: one histogram a feature, features taken as independent; a row scores high where its bins are thinly filled.
 * Source: M. Goldstein, A. Dengel (2012), Histogram-based Outlier Score (HBOS), KI-2012, with static bin widths. As in
 * PyOD 3 the density is smoothed by alpha before its logarithm, and a value on an inner edge is scored by the bin to
 * its left although it was counted in the bin to its right.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext, ScoreContext } from '../detector.ts'
import { type BinKernel, type Histograms, binKernelFor } from '../histograms/bin-kernel.ts'
import type { Matrix } from '../matrix.ts'

/** How the histograms are made. */
export interface HbosParameters {
  /** Bins a feature, an integer >= 2; default 10. */
  readonly nBins: number
  /** Added to every density, in (0, 1); keeps the score of an empty bin finite. Default 0.1. */
  readonly alpha: number
  /** How far outside the training range, in bin widths, a value still counts to the end bin, in [0, 1]; default 0.5. */
  readonly tol: number
}

/** The histograms: bin edges and the score of each bin. */
export interface HbosState {
  readonly columns: number
  readonly nBins: number
  readonly tol: number
  /** Shape (columns, nBins + 1), ascending in each row. */
  readonly edges: Float64Array
  /** Shape (columns, nBins): -log2(density + alpha). */
  readonly binScores: Float64Array
}

/**
 * Scores are sums of -log2(density + alpha) over the features: any sign, as a density depends on the feature's unit.
 * A constant feature spans its value +- 0.5. Values further outside than `tol` score as the thinnest bin.
 */
export const hbos: Detector<HbosParameters, HbosState> = { id: 'hbos', fit, score }

function fit(x: Matrix, { nBins, alpha, tol }: HbosParameters, context: FitContext): Fit<HbosState> {
  throwIfCancelled(context.signal)
  const kernel = binKernelFor(x, nBins)
  const { low, high } = kernel?.ranges(x) ?? rangesOf(x)
  const edges = edgesOf(low, high, nBins)
  const counts = new Uint32Array(x.columns * nBins)
  const bins = binsFor(x.data.length, nBins)
  const histograms = { edges, toBin: binFactors(edges, x.columns, nBins) }
  if (kernel !== undefined && bins instanceof Uint8Array) kernel.count(x, histograms, counts, bins)
  else binTrainingRows(x, histograms, nBins, counts, bins)
  throwIfCancelled(context.signal)
  const binScores = new Float64Array(x.columns * nBins)
  for (let column = 0; column < x.columns; column++) {
    const first = column * (nBins + 1)
    for (let bin = 0; bin < nBins; bin++) {
      const width = (edges[first + bin + 1] as number) - (edges[first + bin] as number)
      const density = (counts[column * nBins + bin] as number) / x.rows / width
      binScores[column * nBins + bin] = -Math.log2(Math.min(density, Number.MAX_VALUE) + alpha)
    }
  }
  const state = { columns: x.columns, nBins, tol, edges, binScores }
  return { state, trainingScores: () => sumOfBins(bins, state, kernel) }
}

function sumOfBins(bins: BinIndices, state: HbosState, kernel: BinKernel | undefined): Float64Array {
  const { columns, nBins, binScores } = state
  const scores = new Float64Array(bins.length / columns)
  if (kernel !== undefined && bins instanceof Uint8Array) {
    kernel.sum(bins, binScores, scores)
    return scores
  }
  for (let row = 0, at = 0; row < scores.length; row++) {
    let sum = 0
    for (let base = 0; base < binScores.length; base += nBins) sum += binScores[base + (bins[at++] as number)] as number
    scores[row] = sum
  }
  return scores
}

function rangesOf({ data, rows, columns }: Matrix): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = data.slice(0, columns)
  const high = data.slice(0, columns)
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const value = data[at] as number
      if (value < (low[column] as number)) low[column] = value
      else if (value > (high[column] as number)) high[column] = value
    }
  }
  return { low, high }
}

// e[i] = min + i * ((max - min) / bins) and e[bins] = max, as numpy.histogram makes them.
function edgesOf(low: Float64Array, high: Float64Array, nBins: number): Float64Array {
  const columns = low.length
  const edges = new Float64Array(columns * (nBins + 1))
  for (let column = 0; column < columns; column++) {
    const [min, max, step] = spanOf(low[column] as number, high[column] as number, nBins)
    for (let i = 0; i < nBins; i++) edges[column * (nBins + 1) + i] = edgeAt(min, i, step)
    edges[column * (nBins + 1) + nBins] = max
  }
  return edges
}

// Halved on the way where i bins are wider than the largest double.
function edgeAt(min: number, i: number, step: number): number {
  const offset = i * step
  return offset === Infinity ? 2 * (min / 2 + i * (step / 2)) : min + offset
}

// The range and the bin width; a range too narrow to be divided is a constant, given room on both sides.
function spanOf(min: number, max: number, nBins: number): readonly [min: number, max: number, step: number] {
  const range = max - min
  const step = range === Infinity ? max / nBins - min / nBins : range / nBins
  if (min + step > min) return [min, max, step]
  const half = Math.max(0.5, Math.abs(min) * 1e-9)
  const [from, to] = [Math.max(min - half, -Number.MAX_VALUE), Math.min(max + half, Number.MAX_VALUE)]
  return [from, to, (to - from) / nBins]
}

type BinIndices = Uint8Array | Uint16Array | Uint32Array

function binsFor(length: number, nBins: number): BinIndices {
  if (nBins <= 256) return new Uint8Array(length)
  return nBins <= 65_536 ? new Uint16Array(length) : new Uint32Array(length)
}

// How many values each bin holds, and for every value the bin it is scored by.
function binTrainingRows(
  { data, rows, columns }: Matrix,
  { edges, toBin }: Histograms,
  nBins: number,
  counts: Uint32Array,
  bins: BinIndices,
): void {
  const last = nBins - 1
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0, first = 0; column < columns; column++, at++, first += nBins + 1) {
      const value = data[at] as number
      let bin = ((value - (edges[first] as number)) * (toBin[column] as number)) | 0
      if (bin > last) bin = last
      while (value < (edges[first + bin] as number)) bin--
      while (bin < last && value >= (edges[first + bin + 1] as number)) bin++
      const to = first - column + bin
      counts[to] = (counts[to] as number) + 1
      bins[at] = bin > 0 && value === edges[first + bin] ? bin - 1 : bin
    }
  }
}

function score({ columns, nBins, tol, edges, binScores }: HbosState, x: Matrix, context?: ScoreContext): Float64Array {
  throwIfCancelled(context?.signal)
  const { data, rows } = x
  const toBin = binFactors(edges, columns, nBins)
  const outside = outsideScores(binScores, columns, nBins)
  const scores = new Float64Array(rows)
  const kernel = binKernelFor(x, nBins)
  if (kernel !== undefined) {
    kernel.score(x, { edges, toBin }, { binScores, tol, outside }, scores)
    return scores
  }
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0
    for (let column = 0; column < columns; column++, at++) {
      const value = data[at] as number
      const first = column * (nBins + 1)
      const last = first + nBins
      if (value >= (edges[first] as number) && value <= (edges[last] as number)) {
        let bin = Math.min(nBins - 1, ((value - (edges[first] as number)) * (toBin[column] as number)) | 0)
        while (bin > 0 && value <= (edges[first + bin] as number)) bin--
        while (value > (edges[first + bin + 1] as number)) bin++
        sum += binScores[column * nBins + bin] as number
      } else {
        sum += outsideScore(value, first, column)
      }
    }
    scores[row] = sum
  }
  return scores

  function outsideScore(value: number, first: number, column: number): number {
    const last = first + nBins
    const below = value < (edges[first] as number)
    const width = below
      ? (edges[first + 1] as number) - (edges[first] as number)
      : (edges[last] as number) - (edges[last - 1] as number)
    const distance = below ? (edges[first] as number) - value : value - (edges[last] as number)
    if (distance > tol * width) return outside[column] as number
    return binScores[column * nBins + (below ? 0 : nBins - 1)] as number
  }
}

// Bins per unit of each feature: a first guess at the bin, which the edges then settle.
function binFactors(edges: Float64Array, columns: number, nBins: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const first = column * (nBins + 1)
    return 1 / ((edges[first + 1] as number) - (edges[first] as number))
  })
}

function outsideScores(binScores: Float64Array, columns: number, nBins: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) =>
    binScores.subarray(column * nBins, (column + 1) * nBins).reduce((a, b) => Math.max(a, b)),
  )
}
