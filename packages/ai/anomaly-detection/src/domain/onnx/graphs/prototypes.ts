import type { CblofState } from '../../detectors/cblof.ts'
import type { InneState } from '../../detectors/inne.ts'
import type { OcsvmState } from '../../detectors/ocsvm.ts'
import { inKernelUnits } from '../../kernels/kernel-rows.ts'
import type { ScaledKernel } from '../../kernels/kernel.ts'
import { reducedDistances } from '../distances.ts'
import { atMostLargest, timesPower } from '../finite-scores.ts'
import { asDouble, flat, type GraphBuilder, int, ints, sumOver } from '../graph-builder.ts'
import { type OnnxRecipe, spreadRows } from '../recipe.ts'

/** CBLOF: the distance to the nearest center of a large cluster, which is the row's own where that is large. */
export const cblofRecipe: OnnxRecipe<CblofState> = {
  scores: (graph, x, { columns, exponent, large, useWeights, centers, sizes }) => {
    const scaled = timesPower(graph, asDouble(graph, x), exponent)
    const squares = reducedDistances(graph, scaled, centers, columns, 'euclidean')
    const toLarge = graph.op('Slice', [squares, graph.integers([0]), graph.integers([large]), graph.integers([1])])
    const least = graph.op('ReduceMin', [toLarge], { axes: ints([1]), keepdims: int(0) })
    const distances = timesPower(graph, graph.op('Sqrt', [least]), -exponent)
    if (!useWeights) return { name: atMostLargest(graph, distances), type: 'double' }
    const [, own] = graph.pair('TopK', [squares, graph.integers([1])], { largest: int(0) })
    const weights = flat(graph, graph.op('Gather', [graph.doubles(sizes), own]))
    return { name: atMostLargest(graph, graph.op('Mul', [distances, weights])), type: 'double' }
  },
  landmarks: ({ columns, centers, exponent }) =>
    spreadRows(
      between(centers, columns).map((value) => value * 2 ** -exponent),
      columns,
    ),
  width: ({ sizes }) => 4 * sizes.length,
}

/** INNE: in each set of spheres the first that covers a row says what the set gives. */
export const inneRecipe: OnnxRecipe<InneState> = {
  scores: (graph, x, { columns, sampleSize, exponent, centers, radii, ratios }) => {
    const sets = radii.length / sampleSize
    const scaled = timesPower(graph, asDouble(graph, x), exponent)
    const squares = reducedDistances(graph, scaled, centers, columns, 'euclidean')
    const covers = graph.op('LessOrEqual', [squares, graph.doubles(radii)])
    const places = Float64Array.from(radii, (_, at) => at % sampleSize)
    const taken = graph.op('Where', [covers, graph.doubles(places), graph.doubles(sampleSize)])
    const bySet = graph.op('Reshape', [taken, graph.integers([0, sets, sampleSize])])
    const first = graph.op('ReduceMin', [bySet], { axes: ints([2]), keepdims: int(0) })
    const table = new Float64Array(sets * (sampleSize + 1)).fill(1) // a place more than spheres: none covers
    for (let set = 0; set < sets; set++) {
      table.set(ratios.subarray(set * sampleSize, (set + 1) * sampleSize), set * (sampleSize + 1))
    }
    const starts = graph.doubles(Float64Array.from({ length: sets }, (_, set) => set * (sampleSize + 1)))
    const at = graph.op('Cast', [graph.op('Add', [first, starts])], { to: int(7) })
    const sums = sumOver(graph, graph.op('Gather', [graph.doubles(table), at]), 1)
    return { name: graph.op('Div', [sums, graph.doubles(sets)]), type: 'double' }
  },
  landmarks: ({ columns, centers, exponent }) =>
    spreadRows(
      between(centers, columns).map((value) => value * 2 ** -exponent),
      columns,
    ),
  width: ({ radii }) => 5 * radii.length,
}

/** One-class support vector machine: the cut less a weighted sum of kernels with the support vectors. */
export const ocsvmRecipe: OnnxRecipe<OcsvmState> = {
  scores: (graph, x, { columns, kernel, vectors, coefficients, rho }) => {
    const rows = kernelRows(graph, asDouble(graph, x), kernel)
    const points = inKernelUnits(kernel, vectors)
    const values = kernelValues(graph, rows, points, columns, kernel)
    const sums = flat(graph, graph.op('MatMul', [values, graph.doubles(coefficients, [coefficients.length, 1])]))
    const off = graph.op('Mul', [graph.op('Sub', [graph.doubles(rho), sums]), graph.doubles(kernel.unit)])
    const largest = Number.MAX_VALUE
    return { name: graph.op('Clip', [off, graph.doubles(-largest), graph.doubles(largest)]), type: 'double' }
  },
  landmarks: ({ vectors, columns }) => spreadRows(between(vectors, columns), columns),
  width: ({ coefficients }) => 4 * coefficients.length,
}

const FARTHEST = 2 ** 900 // as `inKernelUnits` has it
const LARGEST_VALUE = 2 ** 900 // as `kernelValue` has it

function kernelRows(graph: GraphBuilder, x: string, { exponent }: ScaledKernel): string {
  if (exponent === 0) return x
  const half = Math.trunc(exponent / 2)
  const scaled = timesPower(graph, timesPower(graph, x, -half), half - exponent)
  // the Clip also keeps onnxruntime from drawing the powers into the MatMul, in single precision
  return graph.op('Clip', [scaled, graph.doubles(-FARTHEST), graph.doubles(FARTHEST)])
}

function kernelValues(
  graph: GraphBuilder,
  rows: string,
  points: Float64Array,
  columns: number,
  { name, slope, offset, degree }: ScaledKernel,
): string {
  if (name === 'rbf') {
    const squares = reducedDistances(graph, rows, points, columns, 'euclidean')
    return graph.op('Exp', [graph.op('Mul', [squares, graph.doubles(-slope)])])
  }
  const count = points.length / columns
  const byFeature = new Float64Array(points.length)
  for (let at = 0; at < points.length; at++) {
    byFeature[(at % columns) * count + Math.floor(at / columns)] = slope * (points[at] as number) // no scalar beside a MatMul: see pca
  }
  const products = graph.op('MatMul', [rows, graph.doubles(byFeature, [columns, count])])
  const inner = graph.op('Add', [products, graph.doubles(offset)])
  if (name === 'sigmoid') return hyperbolicTangent(graph, inner)
  const power = degree === 1 ? inner : graph.op('Pow', [inner, graph.doubles(degree)])
  return graph.op('Clip', [power, graph.doubles(-LARGEST_VALUE), graph.doubles(LARGEST_VALUE)])
}

// Not every runtime has Tanh in double precision.
function hyperbolicTangent(graph: GraphBuilder, values: string): string {
  const decay = graph.op('Exp', [graph.op('Mul', [graph.op('Abs', [values]), graph.doubles(-2)])])
  const one = graph.doubles(1)
  const size = graph.op('Div', [graph.op('Sub', [one, decay]), graph.op('Add', [one, decay])])
  return graph.op('Mul', [graph.op('Sign', [values]), size])
}

// Each point followed by a place between it and the next, and one beyond.
function between(points: Float64Array, columns: number): Float64Array {
  const out = new Float64Array(points.length * 3)
  for (let from = 0, to = 0; from < points.length; from += columns) {
    const next = (from + columns) % points.length
    for (const share of [0, 0.4, 1.7]) {
      for (let column = 0; column < columns; column++) {
        const value = points[from + column] as number
        out[to++] = value + share * ((points[next + column] as number) - value)
      }
    }
  }
  return out
}
