/** Sums of trees as one operator. Source: ONNX operator schemas of the set ai.onnx.ml, versions 3 and 5. */
import type { DecisionTrees } from './decision-trees.ts'
import { type GraphBuilder, type GraphValue, int, ints } from './graph-builder.ts'
import type { OnnxAttribute } from './model-proto.ts'
import { singleAtMost } from './neighbouring-number.ts'

const SUM = 1

/**
 * The sum over the trees for each row: shape (n, d) to (n, 1). Doubles take `TreeEnsemble` of ai.onnx.ml 5, the one that is in
 * double precision throughout; floats take `TreeEnsembleRegressor`, which every runtime has, with splits rounded down: the branch
 * of any single-precision number stays the same.
 */
export function addTrees(graph: GraphBuilder, x: GraphValue, trees: DecisionTrees): GraphValue {
  const name =
    x.type === 'double'
      ? graph.mlOp('TreeEnsemble', [x], doubleTrees(trees))
      : graph.mlOp('TreeEnsembleRegressor', [x], singleTrees(trees))
  return { name, type: x.type }
}

/** Inner nodes and leaves, each numbered from 0; a tree that is a leaf gets a node with that leaf on both sides. */
interface Numbered {
  /** The node of `DecisionTrees` that each inner node is; -1 - leaf for one that was added. */
  readonly inner: ReadonlyArray<number>
  readonly leaves: ReadonlyArray<number>
  /** Shape (nodes): the number among the inner nodes or among the leaves. */
  readonly numbers: Int32Array
  readonly roots: ReadonlyArray<number>
}

function numbered({ roots, features }: DecisionTrees): Numbered {
  const inner: number[] = []
  const leaves: number[] = []
  const numbers = new Int32Array(features.length)
  for (let node = 0; node < features.length; node++) {
    const list = (features[node] as number) < 0 ? leaves : inner
    numbers[node] = list.push(node) - 1
  }
  const rootNumbers = Array.from(roots, (root) => {
    const number = numbers[root] as number
    return (features[root] as number) < 0 ? inner.push(-1 - root) - 1 : number
  })
  return { inner, leaves, numbers, roots: rootNumbers }
}

function doubleTrees(trees: DecisionTrees): Readonly<Record<string, OnnxAttribute>> {
  const { features, splits, weights } = trees
  const { inner, leaves, numbers, roots } = numbered(trees)
  const childOf = (node: number, side: 'left' | 'right'): number =>
    node < 0 ? -1 - node : (trees[side][node] as number)
  const targets = (side: 'left' | 'right'): ReadonlyArray<number> =>
    inner.map((node) => numbers[childOf(node, side)] as number)
  const areLeaves = (side: 'left' | 'right'): ReadonlyArray<number> =>
    inner.map((node) => ((features[childOf(node, side)] as number) < 0 ? 1 : 0))
  const tensor = (values: Float64Array | Uint8Array): OnnxAttribute => ({
    kind: 'tensor',
    value: { name: '', dims: [values.length], values },
  })
  return {
    aggregate_function: int(SUM),
    n_targets: int(1),
    post_transform: int(0),
    tree_roots: ints(roots),
    nodes_featureids: ints(inner.map((node) => (node < 0 ? 0 : (features[node] as number)))),
    nodes_modes: tensor(new Uint8Array(inner.length)), // all BRANCH_LEQ
    nodes_splits: tensor(Float64Array.from(inner, (node) => (node < 0 ? 0 : (splits[node] as number)))),
    nodes_truenodeids: ints(targets('left')),
    nodes_trueleafs: ints(areLeaves('left')),
    nodes_falsenodeids: ints(targets('right')),
    nodes_falseleafs: ints(areLeaves('right')),
    leaf_targetids: ints(leaves.map(() => 0)),
    leaf_weights: tensor(Float64Array.from(leaves, (node) => weights[node] as number)),
  }
}

function singleTrees({
  roots,
  features,
  splits,
  left,
  right,
  weights,
}: DecisionTrees): Readonly<Record<string, OnnxAttribute>> {
  const nodes = Array.from({ length: features.length }, (_, node) => node)
  const treeOf = treeNumbers(roots, features.length)
  const isLeaf = (node: number): boolean => (features[node] as number) < 0
  const leaves = nodes.filter(isLeaf)
  return {
    aggregate_function: { kind: 'text', value: 'SUM' },
    n_targets: int(1),
    post_transform: { kind: 'text', value: 'NONE' },
    nodes_treeids: ints(treeOf),
    nodes_nodeids: ints(nodes),
    nodes_featureids: ints(nodes.map((node) => Math.max(0, features[node] as number))),
    nodes_modes: { kind: 'texts', value: nodes.map((node) => (isLeaf(node) ? 'LEAF' : 'BRANCH_LEQ')) },
    nodes_values: {
      kind: 'floats',
      value: nodes.map((node) => (isLeaf(node) ? 0 : singleAtMost(splits[node] as number))),
    },
    nodes_truenodeids: ints(nodes.map((node) => (isLeaf(node) ? 0 : (left[node] as number)))),
    nodes_falsenodeids: ints(nodes.map((node) => (isLeaf(node) ? 0 : (right[node] as number)))),
    target_treeids: ints(leaves.map((node) => treeOf[node] as number)),
    target_nodeids: ints(leaves),
    target_ids: ints(leaves.map(() => 0)),
    target_weights: { kind: 'floats', value: leaves.map((node) => weights[node] as number) },
  }
}

// Nodes stand tree after tree.
function treeNumbers(roots: ArrayLike<number>, nodes: number): Int32Array {
  const trees = new Int32Array(nodes)
  for (let tree = 0; tree < roots.length; tree++) trees.fill(tree, roots[tree], roots[tree + 1] ?? nodes)
  return trees
}
