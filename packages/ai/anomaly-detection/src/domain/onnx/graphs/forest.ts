import type { EifState } from '../../detectors/eif.ts'
import type { IforestState } from '../../detectors/iforest.ts'
import { averagePathLength, pathLengthsOf } from '../../forest/path-length.ts'
import { treesOfForest } from '../decision-trees.ts'
import { constantScores } from '../finite-scores.ts'
import { asDouble, flat, type GraphBuilder, type GraphValue } from '../graph-builder.ts'
import { rowsByPlanes } from '../planes.ts'
import { mixedRows, type OnnxRecipe } from '../recipe.ts'
import { addTrees } from '../tree-operator.ts'

/** Isolation forest: one operator walks all trees. */
export const iforestRecipe: OnnxRecipe<IforestState> = {
  scores: (graph, x, state) => {
    if (averagePathLength(state.sampleSize) === 0) return evenScores(graph, x)
    const sums = addTrees(graph, x, treesOfForest(state, pathLengthsOf(state)))
    return isolationScore(graph, sums, state)
  },
  landmarks: ({ columns, features, thresholds }) => {
    const values = Array.from({ length: columns }, (): number[] => [])
    for (const [node, feature] of features.entries()) values[feature]?.push(thresholds[node] as number)
    return mixedRows(values.map((list) => Float64Array.from(list).sort()))
  },
  width: ({ columns }) => columns,
}

/** Extended isolation forest: rows along all directions first, then trees over these. */
export const eifRecipe: OnnxRecipe<EifState> = {
  scores: (graph, x, state) => {
    const { columns, slots, splits, offsets, features, weights, left, roots } = state
    if (averagePathLength(state.sampleSize) === 0 || offsets.length === 0) return eifWithoutSplits(graph, x, state)
    const directions = new Float64Array(columns * offsets.length)
    for (let at = 0; at < features.length; at++) {
      const to = (features[at] as number) * offsets.length + Math.floor(at / slots)
      directions[to] = (directions[to] as number) + (weights[at] as number)
    }
    const along = graph.op('MatMul', [asDouble(graph, x), graph.doubles(directions, [columns, offsets.length])])
    const trees = {
      roots,
      features: splits,
      splits:
        splits.length === 0 ? [] : Float64Array.from(splits, (split) => (split < 0 ? 0 : (offsets[split] as number))),
      left,
      right: left.map((child) => child + 1),
      weights: pathLengthsOf(state),
    }
    return isolationScore(graph, addTrees(graph, { name: along, type: 'double' }, trees), state)
  },
  landmarks: ({ columns, slots, offsets, features, weights }) =>
    rowsByPlanes({ columns, width: slots, features, weights, offsets }),
  width: ({ offsets }) => offsets.length,
}

function evenScores(graph: GraphBuilder, x: GraphValue): GraphValue {
  return { name: constantScores(graph, x.name, 0.5), type: 'double' }
}

// Where no training row differed from another, every tree is one leaf.
function eifWithoutSplits(graph: GraphBuilder, x: GraphValue, state: EifState): GraphValue {
  const scale = averagePathLength(state.sampleSize)
  if (scale === 0) return evenScores(graph, x)
  const score = 2 ** (-averagePathLength(state.samples[0] ?? 1) / scale)
  return { name: constantScores(graph, x.name, score), type: 'double' }
}

// Liu et al., equation 2: 2^(-mean path length / c(sample size)).
function isolationScore(
  graph: GraphBuilder,
  sums: GraphValue,
  { roots, sampleSize }: Pick<IforestState, 'roots' | 'sampleSize'>,
): GraphValue {
  const { type } = sums
  const scale = graph.reals(type, -roots.length * averagePathLength(sampleSize))
  const power = graph.op('Div', [flat(graph, sums.name), scale])
  return { name: graph.op('Pow', [graph.reals(type, 2), power]), type }
}
