import type { Metric } from '../neighbours/metric.ts'
import { type GraphBuilder, int, ints } from './graph-builder.ts'
import type { OnnxGraph, OnnxNode } from './model-proto.ts'

/**
 * Distances of every row to every point, as searches compare them: squared for `euclidean`. Differences are taken feature by feature
 * and added up in the features' order, as everywhere in this package, so they have the same bits; expanded to |x|^2 + |y|^2 - 2xy,
 * which one matrix product would do, near points would be lost to rounding.
 *
 * @param x - doubles, shape (n, d)
 * @param points - row-major, shape (points, columns)
 * @returns shape (n, points)
 */
export function reducedDistances(
  graph: GraphBuilder,
  x: string,
  points: Float64Array,
  columns: number,
  metric: Metric,
): string {
  const count = points.length / columns
  const byFeature = new Float64Array(points.length)
  for (let at = 0; at < points.length; at++)
    byFeature[(at % columns) * count + Math.floor(at / columns)] = points[at] as number
  const rows = graph.op('Shape', [x], { end: int(1) })
  const shape = graph.op('Concat', [rows, graph.integers([count])], { axis: int(0) })
  const zeros = graph.op('Expand', [graph.doubles(0), shape])
  const values = graph.op('Unsqueeze', [graph.op('Transpose', [x], { perm: ints([1, 0]) }), graph.integers([2])])
  return graph.op('Scan', [zeros, values, graph.doubles(byFeature, [columns, 1, count])], {
    body: { kind: 'graph', value: oneFeature(metric, count) },
    num_scan_inputs: int(2),
  })
}

// What one feature adds to the distances.
function oneFeature(metric: Metric, count: number): OnnxGraph {
  const node = (type: string, inputs: ReadonlyArray<string>, output: string): OnnxNode => ({
    type,
    domain: '',
    inputs,
    outputs: [output],
    attributes: {},
  })
  const part: ReadonlyArray<OnnxNode> =
    metric === 'euclidean' ? [node('Mul', ['off', 'off'], 'part')] : [node('Abs', ['off'], 'part')]
  return {
    name: 'feature',
    nodes: [
      node('Sub', ['value', 'points'], 'off'),
      ...part,
      node(metric === 'chebyshev' ? 'Max' : 'Add', ['before', 'part'], 'after'),
    ],
    constants: [],
    inputs: [
      { name: 'before', type: 'double', dims: ['rows', count] },
      { name: 'value', type: 'double', dims: ['rows', 1] },
      { name: 'points', type: 'double', dims: [1, count] },
    ],
    outputs: [{ name: 'after', type: 'double', dims: ['rows', count] }],
  }
}
