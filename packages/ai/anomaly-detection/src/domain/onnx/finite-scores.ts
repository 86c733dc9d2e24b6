import type { GraphBuilder } from './graph-builder.ts'

/** Scores past the largest double count as that. */
export function atMostLargest(graph: GraphBuilder, scores: string): string {
  return graph.op('Min', [scores, graph.doubles(Number.MAX_VALUE)])
}

/** The same, and so do those that are not a number, as where infinities met. */
export function finiteScores(graph: GraphBuilder, scores: string): string {
  const largest = graph.doubles(Number.MAX_VALUE)
  return atMostLargest(graph, graph.op('Where', [graph.op('IsNaN', [scores]), largest, scores]))
}

/** The same score for every row. @param x - shape (n, d) */
export function constantScores(graph: GraphBuilder, x: string, score: number): string {
  return graph.op('Expand', [
    graph.doubles(score),
    graph.op('Slice', [graph.op('Shape', [x]), graph.integers([0]), graph.integers([1])]),
  ])
}

/** Values times a power of two; the values themselves for 0. */
export function timesPower(graph: GraphBuilder, values: string, exponent: number): string {
  return exponent === 0 ? values : graph.op('Mul', [values, graph.doubles(2 ** exponent)])
}
