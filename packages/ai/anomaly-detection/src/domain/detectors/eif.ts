/**
 * Extended isolation forest: an isolation forest whose splits are slanted, so that scores do not hang on the axes. An
 * isolation forest sees phantom clusters where the shadows of real ones on the axes cross; this one does not.
 * Source: S. Hariri, M. Carrasco Kind, R. Brunner (2021), Extended Isolation Forest, IEEE TKDE 33 (preprint 2018). PyOD
 * has none; names are those of PyOD's isolation forest and of the paper.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext, ScoreContext } from '../detector.ts'
import {
  addExtendedPathLengths,
  createExtendedForestBuilder,
  type ExtendedForest,
  extendedForestOf,
  growExtendedTree,
} from '../forest/extended-tree.ts'
import { isolationScores, pathLengthsOf } from '../forest/path-length.ts'
import { copyRows, sampleSizeOf } from '../forest/tree-sample.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf } from '../neighbours/binary-scale.ts'
import { sampleWithoutReplacement } from '../numeric/sample.ts'
import { standardNormal } from '../numeric/standard-normal.ts'

const BLOCK_ROWS = 512 // a block of rows and one tree stay in the cache together
const WIDEST_BY_DEFAULT = 64 // features a direction spans where nothing is asked for: more cost memory for little
const SMALL = 2 ** -900 // data below this are weighed up, or their projections would round to nothing

/** How the forest is grown. */
export interface EifParameters {
  /** Trees, an integer >= 1; default 100. */
  readonly nEstimators: number
  /** Rows each tree is grown on: an integer >= 1, or a share of the rows in (0, 1); default 256. Never more than n. */
  readonly maxSamples: number
  /**
   * Features a split spans beyond the first, an integer >= 0: 0 is the isolation forest, d - 1 and more a direction
   * over all features. Default null: all, but not more than 64 features.
   */
  readonly extensionLevel: number | null
}

/** A grown forest and what its path lengths are measured by. */
export interface EifState extends ExtendedForest {
  readonly columns: number
  /** How many rows each tree was grown on. */
  readonly sampleSize: number
}

/**
 * Scores are 2^(-E(path length) / c(sample size)), in (0, 1]: 0.5 is average, towards 1 anomalous. A single training
 * row gives 0.5 for every row. Above extension level 0 scale matters: features of a large unit decide where slanted
 * splits go.
 *
 * Cost: fit O(trees * samples * log(samples) * d), score O(m * trees * log(samples) * (level + 1)); memory 12 bytes a
 * split and spanned feature.
 */
export const eif: Detector<EifParameters, EifState> = { id: 'eif', scoresTrainingRowsAsNew: true, fit, score }

function fit(x: Matrix, parameters: EifParameters, { random, signal }: FitContext): Fit<EifState> {
  const { columns, rows } = x
  const sampleSize = sampleSizeOf(parameters.maxSamples, rows)
  const slots = Math.min(
    columns,
    parameters.extensionLevel === null ? WIDEST_BY_DEFAULT : parameters.extensionLevel + 1,
  )
  const maxDepth = Math.ceil(Math.log2(Math.max(sampleSize, 2)))
  const builder = createExtendedForestBuilder(slots, weightScaleFor(x, slots))
  const sample = new Float64Array(sampleSize * columns)
  const normal = standardNormal(random)
  for (let tree = 0; tree < parameters.nEstimators; tree++) {
    throwIfCancelled(signal)
    copyRows(x, sampleWithoutReplacement(rows, sampleSize, random), sample)
    growExtendedTree(builder, { data: sample, columns, size: sampleSize }, maxDepth, normal, random)
  }
  const state = { ...extendedForestOf(builder), columns, sampleSize }
  return { state, trainingScores: () => score(state, x, { signal }) }
}

/** A power of two: the length of a direction has no say in its splits, but the size of its projections has. */
function weightScaleFor(x: Matrix, slots: number): number {
  return magnitudeOf(x.data, 0, x.data.length) < SMALL ? 2 ** 100 : 2 ** -(4 + Math.ceil(Math.log2(slots)))
}

function score(state: EifState, x: Matrix, context?: ScoreContext): Float64Array {
  const sums = new Float64Array(x.rows)
  const lengths = pathLengthsOf(state)
  for (let first = 0; first < x.rows; first += BLOCK_ROWS) {
    throwIfCancelled(context?.signal)
    const block = sums.subarray(first, Math.min(first + BLOCK_ROWS, x.rows))
    addExtendedPathLengths(state, lengths, x.data, x.columns, first, block)
  }
  return isolationScores(sums, state.roots.length, state.sampleSize)
}
