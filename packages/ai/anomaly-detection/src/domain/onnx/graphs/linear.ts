import type { GmmState } from '../../detectors/gmm.ts'
import type { McdState } from '../../detectors/mcd.ts'
import type { PcaState } from '../../detectors/pca.ts'
import { constantScores, finiteScores } from '../finite-scores.ts'
import { asDouble, type GraphBuilder, int, ints, sumOver } from '../graph-builder.ts'
import { type OnnxRecipe, rowsAround } from '../recipe.ts'

/** Principal components: a standardized row along each of them. */
export const pcaRecipe: OnnxRecipe<PcaState> = {
  scores: (graph, x, state) => {
    const rows = asDouble(graph, x)
    if (state.weights.length === 0) return { name: constantScores(graph, rows, 0), type: 'double' }
    const scaled = graph.op('Mul', [rows, graph.doubles(state.factors)])
    const off = graph.op('Sub', [scaled, graph.doubles(state.centers)])
    const sums =
      state.method === 'mahalanobis' ? squaredParts(graph, off, state) : distancesToVectors(graph, off, state)
    return { name: finiteScores(graph, sums), type: 'double' }
  },
  landmarks: ({ factors, centers, scales }) =>
    rowsAround(
      centers.map((center, column) => center / (factors[column] as number)),
      scales.map((scale, column) => scale / (factors[column] as number)),
    ),
  width: ({ columns, weights }) => columns + weights.length,
}

// onnxruntime draws a scalar beside a MatMul into it, rounded to single precision (MatMulScaleFusion; a vector of one place is a scalar
// too). So scales and weights are part of the matrix.
function alongDirections(
  graph: GraphBuilder,
  off: string,
  { columns, components, scales, weights }: PcaState,
  factorOf: (component: number) => number,
): string {
  const directions = components.map((value, at) => {
    return (value / (scales[at % columns] as number)) * factorOf(Math.floor(at / columns))
  })
  return graph.op('MatMul', [off, graph.doubles(transposed(directions, columns), [columns, weights.length])])
}

function squaredParts(graph: GraphBuilder, off: string, state: PcaState): string {
  const parts = alongDirections(graph, off, state, (component) => 1 / (state.weights[component] as number))
  return sumOver(graph, graph.op('Mul', [parts, parts]), 1)
}

// |z - v|^2 = |z|^2 + 1 - 2 z.v
function distancesToVectors(graph: GraphBuilder, off: string, state: PcaState): string {
  const mapped = graph.op('Div', [off, graph.doubles(state.scales)])
  const squares = graph.op('ReduceSum', [graph.op('Mul', [mapped, mapped]), graph.integers([1])], { keepdims: int(1) })
  const twice = alongDirections(graph, off, state, () => 2)
  const distances = graph.op('Sub', [graph.op('Add', [squares, graph.doubles(1)]), twice])
  const lengths = graph.op('Sqrt', [graph.op('Max', [distances, graph.doubles(0)])])
  return sumOver(graph, graph.op('Div', [lengths, graph.doubles(state.weights)]), 1)
}

/** Robust covariance: squared Mahalanobis distances. */
export const mcdRecipe: OnnxRecipe<McdState> = {
  scores: (graph, x, { columns, factors, center, whitening }) => {
    const scaled = graph.op('Mul', [asDouble(graph, x), graph.doubles(factors)])
    const off = graph.op('Sub', [scaled, graph.doubles(center)])
    const white = graph.op('MatMul', [off, graph.doubles(transposed(whitening, columns), [columns, columns])])
    return { name: finiteScores(graph, sumOver(graph, graph.op('Mul', [white, white]), 1)), type: 'double' }
  },
  landmarks: ({ columns, factors, center, whitening }) =>
    rowsAround(
      center.map((value, column) => value / (factors[column] as number)),
      factors.map((factor, column) => spreadOf(whitening, columns, column) / factor),
    ),
  width: ({ columns }) => 2 * columns,
}

/** Gaussian mixture: the negative logarithm of its density. */
export const gmmRecipe: OnnxRecipe<GmmState> = {
  scores: (graph, x, state) => {
    const { columns, factors, weights, means, whitenings, logDeterminants } = state
    const k = weights.length
    const scaled = graph.op('Mul', [asDouble(graph, x), graph.doubles(factors)])
    const apart = graph.op('Unsqueeze', [scaled, graph.integers([0])])
    const off = graph.op('Sub', [apart, graph.doubles(means, [k, 1, columns])]) // (k, n, d)
    const isDiagonal = whitenings.length === k * columns
    const white = isDiagonal
      ? graph.op('Mul', [off, graph.doubles(whitenings, [k, 1, columns])])
      : graph.op('MatMul', [off, graph.doubles(transposedEach(whitenings, columns), [k, columns, columns])])
    const squares = sumOver(graph, graph.op('Mul', [white, white]), 2) // (k, n)
    const constants = weights.map((weight, i) => {
      return Math.log(weight) - 0.5 * (columns * Math.log(2 * Math.PI) + (logDeterminants[i] as number))
    })
    const halves = graph.op('Mul', [squares, graph.doubles(0.5)])
    const ln = graph.op('Sub', [graph.doubles(constants, [k, 1]), halves])
    const density = k === 1 ? graph.op('Squeeze', [ln, graph.integers([0])]) : logSum(graph, ln)
    const unit = factors.reduce((sum, factor) => sum + Math.log(factor), 0)
    const negative = graph.op('Sub', [graph.op('Neg', [density]), graph.doubles(unit)])
    return { name: finiteScores(graph, negative), type: 'double' }
  },
  landmarks: ({ columns, factors, means, whitenings, weights }) => {
    const isDiagonal = whitenings.length === weights.length * columns
    return rowsAround(
      means.map((mean, at) => mean / (factors[at % columns] as number)),
      factors.map((factor, column) =>
        isDiagonal ? 1 / (whitenings[column] as number) / factor : spreadOf(whitenings, columns, column) / factor,
      ),
    )
  },
  width: ({ columns, weights }) => 3 * columns * weights.length,
}

/** ln of the sum over the first axis of e^values; shape (k, n) to (n). */
function logSum(graph: GraphBuilder, values: string): string {
  const most = graph.op('ReduceMax', [values], { axes: ints([0]), keepdims: int(0) })
  const parts = graph.op('Exp', [graph.op('Sub', [values, most])])
  return graph.op('Add', [most, graph.op('Log', [sumOver(graph, parts, 0)])])
}

function transposed(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns
  const out = new Float64Array(matrix.length)
  for (let at = 0; at < matrix.length; at++)
    out[(at % columns) * rows + Math.floor(at / columns)] = matrix[at] as number
  return out
}

function transposedEach(matrices: Float64Array, columns: number): Float64Array {
  const size = columns * columns
  const out = new Float64Array(matrices.length)
  for (let from = 0; from < out.length; from += size) {
    out.set(transposed(matrices.subarray(from, from + size), columns), from)
  }
  return out
}

// 1 / |column of W|: what is left of a feature's spread once the others are known.
function spreadOf(whitening: Float64Array, columns: number, column: number): number {
  let square = 0
  for (let row = 0; row < columns; row++) square += (whitening[row * columns + column] as number) ** 2
  return square === 0 ? 1 : 1 / Math.sqrt(square)
}
