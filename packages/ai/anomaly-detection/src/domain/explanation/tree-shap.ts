/**
 * Exact Shapley values of an isolation forest's path length, by the trees' own splits: where a split's feature is not
 * told, both sides count by the share of training rows that took them.
 *
 * Sources: S. Lundberg et al. (2020), From Local Explanations to Global Understanding with Explainable AI for Trees,
 * Nature Machine Intelligence 2 (the value function, `tree_path_dependent`); G. Owen (1972), Multilinear Extensions of
 * Games, Management Science 18. A leaf of value v is reached with the product over the features of its path of o_j
 * (told: whether the row passes all splits on j) or z_j (not told: the share that does). By Owen its value for i is
 * v (o_i - z_i) times the integral over t in (0, 1) of the product over j != i of (t o_j + (1 - t) z_j): a polynomial,
 * which Gauss' quadrature integrates without error by half as many points as the path has features. All terms are
 * positive, so that nothing cancels, and subtrees are summed before they are multiplied out (as in P. Yu, A. Bifet,
 * J. Read, C. Xu, 2022, Linear TreeShap, NeurIPS 35).
 */
import type { IforestState } from '../detectors/iforest.ts'
import { AnomalyDetectionError } from '../errors.ts'
import { addPathLengths, pathLengthsOf } from '../forest/path-length.ts'
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts'

/** A forest made ready to explain rows one after another. What is explained is minus the mean path length, in splits. */
export interface TreeShap {
  /** The output where no feature is told: the mean over the training rows of each tree. */
  readonly baseValue: number
  /** The output of a row, shape (d). */
  readonly outputOf: (row: Float64Array) => number
  /** Shapley values of a row, shape (d), in splits; positive makes it more abnormal. @param out - filled, shape (d) */
  readonly explain: (row: Float64Array, out: Float64Array) => void
}

/**
 * Cost: O(nodes * depth) a row and O(nodes) memory, whatever the number of features.
 * @throws AnomalyDetectionError `corrupt-model` where nodes are empty, or the trees' nodes stand in no order
 */
export function treeShapOf(forest: IforestState): TreeShap {
  const { roots, left, columns } = forest
  const edges = edgesOf(forest)
  const lengths = pathLengthsOf(forest)
  const leafValues = lengths.map((length, node) => (left[node] === -1 ? -length / roots.length : 0))
  const desk = deskFor(edges.mostFeatures, widestTree(roots, left.length))
  const total = new Float64Array(1)
  return {
    baseValue: leafValues.reduce((sum, value, node) => sum + value * (edges.weights[node] as number), 0),
    outputOf: (row) => {
      total[0] = 0
      addPathLengths(forest, lengths, row, columns, total)
      return -total[0] / roots.length
    },
    explain: (row, out) => {
      out.fill(0)
      for (let tree = 0; tree < roots.length; tree++) {
        const first = roots[tree] as number
        const end = roots[tree + 1] ?? left.length
        multiplyDown(forest, edges, desk, row, first, end)
        sumUp(left, leafValues, edges, desk, first, end, out)
      }
    },
  }
}

/** Where one tree after another is worked on: shapes (nodes of the tree, n) but for `passed`, (nodes of the tree). */
interface Desk {
  readonly quadrature: Quadrature
  /** Whether the row passes all splits of the way on the edge's feature. */
  readonly passed: Uint8Array
  /** t o + (1 - t) z of the edge. */
  readonly factors: Float64Array
  /** (o - z) / factor of the edge, times the quadrature's weight. */
  readonly slopes: Float64Array
  /** The product of the factors on the way; later the sum of those of the leaves below, times their values. */
  readonly products: Float64Array
}

function deskFor(mostFeatures: number, nodes: number): Desk {
  const n = Math.max(1, Math.ceil(mostFeatures / 2))
  return {
    quadrature: gaussLegendre(n),
    passed: new Uint8Array(nodes),
    factors: new Float64Array(nodes * n),
    slopes: new Float64Array(nodes * n),
    products: new Float64Array(nodes * n),
  }
}

// From the root down. A feature that was split on before has its factor replaced.
function multiplyDown(
  { features, thresholds, left }: IforestState,
  { zeros, ancestors }: Edges,
  { quadrature, passed, factors, slopes, products }: Desk,
  row: Float64Array,
  first: number,
  end: number,
): void {
  const { nodes: points, weights } = quadrature
  const n = points.length
  products.fill(1, 0, n)
  for (let node = first; node < end; node++) {
    const child = left[node] as number
    if (child === -1) continue
    const above = (node - first) * n
    const goesRight = (row[features[node] as number] as number) > (thresholds[node] as number) ? 1 : 0
    for (let side = 0; side < 2; side++) {
      const ancestor = ancestors[child + side] as number
      const isPassed = side === goesRight && (ancestor === -1 || passed[ancestor - first] === 1) ? 1 : 0
      passed[child + side - first] = isPassed
      const zero = zeros[child + side] as number
      const at = (child + side - first) * n
      const before = (ancestor - first) * n
      for (let q = 0; q < n; q++) {
        const point = points[q] as number
        const factor = point * isPassed + (1 - point) * zero
        const product = (products[above + q] as number) * factor
        factors[at + q] = factor
        slopes[at + q] = ((isPassed - zero) * (weights[q] as number)) / factor
        products[at + q] = ancestor === -1 ? product : product / (factors[before + q] as number)
      }
    }
  }
}

// From the leaves up. What an edge adds, an edge further up on the same feature must not add as well.
function sumUp(
  left: Int32Array,
  leafValues: Float64Array,
  { ancestors, features }: Edges,
  { quadrature, slopes, products }: Desk,
  first: number,
  end: number,
  out: Float64Array,
): void {
  const n = quadrature.nodes.length
  for (let node = end - 1; node >= first; node--) {
    const at = (node - first) * n
    const child = left[node] as number
    const value = leafValues[node] as number
    const below = (child - first) * n
    const ancestor = ancestors[node] as number
    const before = (ancestor - first) * n
    let sum = 0
    for (let q = 0; q < n; q++) {
      const total =
        child === -1
          ? (products[at + q] as number) * value
          : (products[below + q] as number) + (products[below + n + q] as number)
      products[at + q] = total
      const slope = slopes[at + q] as number
      sum += total * (ancestor === -1 ? slope : slope - (slopes[before + q] as number))
    }
    if (node === first) return
    const feature = features[node] as number
    out[feature] = (out[feature] as number) + sum
  }
}

/** What is known of the way into each node before any row is seen. Shapes (nodes). */
interface Edges {
  /** The feature of the parent's split; -1 for a root. */
  readonly features: Int32Array
  /** The node on the way whose parent splits on the same feature, the nearest; -1 where there is none. */
  readonly ancestors: Int32Array
  /** Share of training rows that pass all splits of the way on that feature, where all others are passed. */
  readonly zeros: Float64Array
  /** Share of the tree's training rows that reach the node. */
  readonly weights: Float64Array
  /** The most features on any way. */
  readonly mostFeatures: number
}

function edgesOf(forest: IforestState): Edges {
  const { left, samples, roots } = forest
  checkOrder(forest)
  const nodes = left.length
  const features = new Int32Array(nodes).fill(-1)
  const ancestors = new Int32Array(nodes).fill(-1)
  const parents = new Int32Array(nodes).fill(-1)
  const counts = new Int32Array(nodes)
  const zeros = new Float64Array(nodes).fill(1)
  const weights = new Float64Array(nodes)
  for (const root of roots) weights[root] = 1
  for (let node = 0; node < nodes; node++) {
    const child = left[node] as number
    if (child === -1) continue
    const feature = forest.features[node] as number
    let ancestor = node
    while (ancestor !== -1 && features[ancestor] !== feature) ancestor = parents[ancestor] as number
    for (const to of [child, child + 1]) {
      const share = (samples[to] as number) / (samples[node] as number)
      parents[to] = node
      features[to] = feature
      ancestors[to] = ancestor
      counts[to] = (counts[node] as number) + (ancestor === -1 ? 1 : 0)
      zeros[to] = share * (ancestor === -1 ? 1 : (zeros[ancestor] as number))
      weights[to] = share * (weights[node] as number)
    }
  }
  return { features, ancestors, zeros, weights, mostFeatures: counts.reduce((most, one) => Math.max(most, one), 0) }
}

// Trees stand one after another, children inside their tree, as they were grown; an edited file might not keep to it.
function checkOrder({ roots, left, samples }: IforestState): void {
  let tree = 0
  let isOrdered = roots[0] === 0
  for (let node = 0; node < left.length && isOrdered; node++) {
    if (node === roots[tree + 1]) tree++
    const end = roots[tree + 1] ?? left.length
    isOrdered = (samples[node] as number) > 0 && end > (roots[tree] as number) && (left[node] as number) + 1 < end
  }
  if (isOrdered && tree === roots.length - 1) return
  throw new AnomalyDetectionError(
    'anomaly-detection/corrupt-model',
    'the forest has nodes without training rows, or trees that are not one behind the other; fit it again',
  )
}

function widestTree(roots: Int32Array, nodes: number): number {
  return roots.reduce((widest, root, tree) => Math.max(widest, (roots[tree + 1] ?? nodes) - root), 0)
}
