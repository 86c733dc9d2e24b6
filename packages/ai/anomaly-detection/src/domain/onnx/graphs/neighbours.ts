import type { KdeState } from '../../detectors/kde.ts'
import type { KnnState } from '../../detectors/knn.ts'
import type { LofState } from '../../detectors/lof.ts'
import { magnitudeOf, scaledBy, scaleExponentOf } from '../../neighbours/binary-scale.ts'
import type { Metric } from '../../neighbours/metric.ts'
import { reducedDistances } from '../distances.ts'
import { atMostLargest, timesPower } from '../finite-scores.ts'
import { asDouble, type GraphBuilder, type GraphValue, int, ints, sumOver } from '../graph-builder.ts'
import { type OnnxRecipe, spreadRows } from '../recipe.ts'

/** Distance to the nearest training rows. */
export const knnRecipe: OnnxRecipe<KnnState> = {
  scores: (graph, x, state) => {
    const { distances } = nearest(graph, x, state)
    return { name: combined(graph, distances, state), type: 'double' }
  },
  landmarks: ({ data, columns }) => spreadRows(data, columns),
  width: ({ rows }) => 3 * rows,
}

/** Local outlier factor of new rows among the training rows. */
export const lofRecipe: OnnxRecipe<LofState> = {
  scores: (graph, x, state) => {
    const { distances, indices } = nearest(graph, x, state)
    const share = graph.doubles(state.nNeighbors)
    const reaches = graph.op('Max', [distances, graph.op('Gather', [graph.doubles(state.kDistances), indices])])
    const mean = atMostLargest(graph, sumOver(graph, graph.op('Div', [reaches, share]), 1))
    const own = graph.op('Div', [graph.doubles(1), graph.op('Add', [mean, graph.doubles(1e-10)])])
    const densities = graph.op('Gather', [graph.doubles(state.densities), indices])
    const around = sumOver(graph, graph.op('Div', [densities, share]), 1)
    return { name: atMostLargest(graph, graph.op('Div', [around, own])), type: 'double' }
  },
  landmarks: ({ data, columns }) => spreadRows(data, columns),
  width: ({ rows }) => 3 * rows,
}

/** Kernel density: the negative logarithm of a mean over all training rows. */
export const kdeRecipe: OnnxRecipe<KdeState> = {
  scores: (graph, x, { rows, columns, bandwidth, data }) => {
    const largest = graph.doubles(Number.MAX_VALUE)
    const scaled = graph.op('Div', [asDouble(graph, x), graph.doubles(bandwidth)])
    const inBandwidths = graph.op('Clip', [scaled, graph.doubles(-Number.MAX_VALUE), largest])
    const squares = reducedDistances(graph, inBandwidths, data, columns, 'euclidean')
    // The largest term is taken out of the sum, so that it cannot underflow.
    const least = graph.op('ReduceMin', [squares], { axes: ints([1]), keepdims: int(1) })
    const halves = graph.op('Mul', [graph.op('Sub', [least, squares]), graph.doubles(0.5)])
    const ln = graph.op('Log', [sumOver(graph, graph.op('Exp', [halves]), 1)])
    const constant = Math.log(rows) + columns * (0.5 * Math.log(2 * Math.PI) + Math.log(bandwidth))
    const nearestHalf = graph.op('Mul', [graph.op('Squeeze', [least, graph.integers([1])]), graph.doubles(0.5)])
    const scores = graph.op('Sub', [graph.op('Add', [nearestHalf, graph.doubles(constant)]), ln])
    const isOut = graph.op('IsNaN', [scores]) // where all squares are Infinity, so are differences of theirs not a number
    return { name: graph.op('Where', [isOut, largest, scores]), type: 'double' }
  },
  landmarks: ({ data, columns, bandwidth }) =>
    spreadRows(
      data.map((value) => value * bandwidth),
      columns,
    ),
  width: ({ rows }) => 4 * rows,
}

interface NeighbourState {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
  readonly nNeighbors: number
  readonly metric: Metric
}

/** The nearest training rows of each row, the first among equals; both shape (n, k). */
function nearest(
  graph: GraphBuilder,
  x: GraphValue,
  { rows, columns, data, nNeighbors, metric }: NeighbourState,
): { readonly distances: string; readonly indices: string } {
  const exponent = scaleExponentOf(magnitudeOf(data, 0, data.length))
  const points = scaledBy(exponent, { data, rows, columns }).data
  const scaled = timesPower(graph, asDouble(graph, x), exponent)
  const all = reducedDistances(graph, scaled, points, columns, metric)
  const [reduced, indices] = graph.pair('TopK', [all, graph.integers([nNeighbors])], { largest: int(0) })
  const distances = metric === 'euclidean' ? graph.op('Sqrt', [reduced]) : reduced
  return { distances: atMostLargest(graph, timesPower(graph, distances, -exponent)), indices }
}

function combined(graph: GraphBuilder, distances: string, { method, nNeighbors: k }: KnnState): string {
  const nth = (place: number): string => graph.op('Gather', [distances, graph.integers(place)], { axis: int(1) })
  switch (method) {
    case 'largest':
      return nth(k - 1)
    case 'mean':
      return atMostLargest(graph, sumOver(graph, graph.op('Div', [distances, graph.doubles(k)]), 1))
    case 'median': {
      const low = nth((k - 1) >> 1)
      const half = graph.op('Mul', [graph.op('Sub', [nth(k >> 1), low]), graph.doubles(0.5)])
      return graph.op('Add', [low, half])
    }
  }
}
