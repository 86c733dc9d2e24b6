/**
 * Path lengths in an isolation forest: how many splits it takes to isolate a row, plus what an unfinished leaf would
 * still take. Source: Liu, Ting, Zhou (2008), equation 1; with c(1) = 0 and c(2) = 1 as in scikit-learn.
 */
import type { Forest } from './isolation-tree.ts'

const EULER_GAMMA = 0.577_215_664_901_532_9

/** The mean path length of an unsuccessful search among n keys of a binary search tree, c(n); >= 0. */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0
  if (n === 2) return 1
  return 2 * (Math.log(n - 1) + EULER_GAMMA) - (2 * (n - 1)) / n
}

/** Shape (nodes): depth + c(samples) at each node; what a row that ends there contributes. */
export function pathLengthsOf({ left, samples }: Pick<Forest, 'left' | 'samples'>): Float64Array {
  const depths = new Int32Array(left.length)
  const lengths = new Float64Array(left.length)
  for (let node = 0; node < left.length; node++) {
    const depth = depths[node] as number
    lengths[node] = depth + averagePathLength(samples[node] as number)
    const child = left[node] as number
    if (child === -1) continue
    depths[child] = depth + 1 // children always stand behind their parent
    depths[child + 1] = depth + 1
  }
  return lengths
}

/**
 * Sums of path lengths over the trees by the plain walk, one row and one node at a time: right for trees of any depth.
 * @param data - shape (rows, columns), row-major
 * @param sums - shape (rows), added to
 */
export function addPathLengths(
  forest: Forest,
  lengths: Float64Array,
  data: Float64Array,
  columns: number,
  sums: Float64Array,
): void {
  const { roots, features, thresholds, left } = forest
  for (let row = 0, base = 0; row < sums.length; row++, base += columns) {
    let sum = 0
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree] as number
      let feature = features[node] as number
      while (feature >= 0) {
        const goesRight = (data[base + feature] as number) > (thresholds[node] as number)
        node = (left[node] as number) + (goesRight ? 1 : 0)
        feature = features[node] as number
      }
      sum += lengths[node] as number
    }
    sums[row] = (sums[row] as number) + sum
  }
}

/**
 * Liu et al., equation 2: turns sums of path lengths over the trees into scores 2^(-mean / c(sample size)), in place. In
 * (0, 1], high where paths are short; 0.5 throughout where trees have a single row.
 */
export function isolationScores(sums: Float64Array, trees: number, sampleSize: number): Float64Array {
  const scale = trees * averagePathLength(sampleSize)
  for (let row = 0; row < sums.length; row++) sums[row] = scale === 0 ? 0.5 : 2 ** (-(sums[row] as number) / scale)
  return sums
}
