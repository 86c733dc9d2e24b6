import { asDouble, GraphBuilder, type GraphValue, int, type OnnxPrecision } from './graph-builder.ts'
import { onnxFileOf } from './model-proto.ts'
import { singleAtMost } from './neighbouring-number.ts'
import type { OnnxRecipe } from './recipe.ts'

/** The names that files of ours give what comes in and goes out. */
export const ONNX_NAMES: { readonly input: string; readonly score: string; readonly label: string } = {
  input: 'rows',
  score: 'score',
  label: 'label',
}

/** What a file is made of, beside the state. */
export interface ScoringModelParts {
  readonly columns: number
  readonly precision: OnnxPrecision
  /** Rows with a score above this are labelled 1, others 0. */
  readonly threshold: number
  /** What a value x becomes before it is scored: (x - center) / scale; shapes (d). */
  readonly normalization?: { readonly center: ArrayLike<number>; readonly scale: ArrayLike<number> } | undefined
  readonly metadata: Readonly<Record<string, string>>
}

const OPSET = 17 // with IR version 8: runtimes since 2022
const ML_TYPES = new Set(['TreeEnsemble', 'TreeEnsembleRegressor'])

/** A model's file: `rows`, shape (n, d), to `score`, shape (n), and `label`, shape (n). */
export function scoringModelFile<State>(
  recipe: OnnxRecipe<State>,
  state: State,
  { columns, precision, threshold, normalization, metadata }: ScoringModelParts,
): Uint8Array<ArrayBuffer> {
  const graph = new GraphBuilder()
  const rows = normalized(graph, { name: ONNX_NAMES.input, type: precision }, normalization)
  const scores = inPrecision(graph, recipe.scores(graph, rows, state), precision)
  const cut = graph.reals(precision, precision === 'float' ? singleAtMost(threshold) : threshold)
  graph.output(ONNX_NAMES.score, scores)
  graph.output(ONNX_NAMES.label, graph.op('Cast', [graph.op('Greater', [scores, cut])], { to: int(7) }))
  const isDouble = graph.nodes.some(({ type }) => type === 'TreeEnsemble')
  const hasTrees = graph.nodes.some(({ type }) => ML_TYPES.has(type))
  return onnxFileOf({
    irVersion: isDouble ? 10 : 8, // TreeEnsemble came with ai.onnx.ml 5
    opsets: { '': OPSET, ...(hasTrees ? { 'ai.onnx.ml': isDouble ? 5 : 3 } : {}) },
    metadata,
    graph: {
      name: 'nomaly',
      nodes: graph.nodes,
      constants: graph.constants,
      inputs: [{ name: ONNX_NAMES.input, type: precision, dims: ['n', columns] }],
      outputs: [
        { name: ONNX_NAMES.score, type: precision, dims: ['n'] },
        { name: ONNX_NAMES.label, type: 'int64', dims: ['n'] },
      ],
    },
  })
}

function inPrecision(graph: GraphBuilder, scores: GraphValue, precision: OnnxPrecision): GraphValue {
  if (scores.type === precision) return scores
  return { name: graph.op('Cast', [scores], { to: int(precision === 'float' ? 1 : 11) }), type: precision }
}

// The Clip changes no finite number: it keeps onnxruntime from drawing the division into a MatMul, in single precision.
function normalized(graph: GraphBuilder, rows: GraphValue, by: ScoringModelParts['normalization']): GraphValue {
  if (by === undefined) return rows
  const off = graph.op('Sub', [asDouble(graph, rows), graph.doubles(by.center)])
  const scaled = graph.op('Div', [off, graph.doubles(by.scale)])
  const limits = [graph.doubles(-Number.MAX_VALUE), graph.doubles(Number.MAX_VALUE)]
  return { name: graph.op('Clip', [scaled, ...limits]), type: 'double' }
}
