/**
 * Half-space trees: how many of the last samples fell into the same part of the space, at the depth where few did.
 * Source: S. C. Tan, K. M. Ting, F. T. Liu (2011), Fast Anomaly Detection for Streaming Data, IJCAI.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import { randomStream } from '../../numeric/random-stream.ts'
import { AlternatingWindows } from '../alternating-windows.ts'
import { FeatureRanges } from '../feature-ranges.ts'
import { takeSample } from '../sample.ts'
import { StateReader } from '../state-reader.ts'
import type { AttributingStreamDetector, StreamAttribution, StreamDetectorState } from '../stream-detector.ts'
import {
  growHalfSpaceForest,
  type HalfSpaceForest,
  halfSpaceForestState,
  restoredHalfSpaceForest,
} from './half-space-forest.ts'
import { HalfSpaceMasses } from './half-space-masses.ts'
import { columnsOf } from './marginal-detector.ts'

const ID = 'half-space-trees'

/** How many trees, how deep, and what they judge by. */
export interface HalfSpaceTreesParameters {
  /** An integer >= 1; default 25 (the paper's; River 10). */
  readonly trees: number
  /** Splits from the root to a leaf, 1 to 20; default 15 (the paper's; River 8). Memory and time of a window grow as 2^height. */
  readonly height: number
  /** Samples a window, 2 to 65,535; default 250. A sample is judged by the last whole window. */
  readonly window: number
  /** A walk ends at a node with less than this share of the window, in [0, 1]; default 0.1. */
  readonly sizeLimit: number
  /**
   * 'mass', the default: the paper's, of the node where the walk ends. 'path-sum': River's, of all nodes on the way; smoother,
   * and slower to notice.
   */
  readonly score: 'mass' | 'path-sum'
  /**
   * 'adaptive', the default: ranges of the features are learned from the first window, and learned anew when a window has left
   * them. 'unit': features lie in [0, 1].
   */
  readonly range: 'adaptive' | 'unit'
}

/** How large the parameters may be. */
export const HALF_SPACE_LIMITS: {
  readonly trees: number
  readonly height: number
  readonly window: number
  readonly columns: number
  /** Of all trees together. */
  readonly nodes: number
} = { trees: 1000, height: 20, window: 65_535, columns: 65_536, nodes: 2 ** 26 }

/**
 * Scores lie in [0, 1], high is abnormal. By mass: 1 / (1 + m), where m is the mean over the trees of the sample's part's
 * density, in units of that of a window spread evenly: 0.5 where it is that, 1 where nothing was. By path sum: 1 minus the
 * share of the greatest sum there could be. 0 until the first window is full.
 *
 * Cost: time O(trees * height) a sample and once a window the nodes it touched; memory O(trees * 2^height).
 */
export class HalfSpaceTrees implements AttributingStreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: HalfSpaceTreesParameters
  readonly #seed: number
  readonly #given: HalfSpaceForest | undefined
  readonly #masses: HalfSpaceMasses
  readonly #sample: Float64Array
  readonly #point: Float64Array
  #windows: AlternatingWindows
  #ranges: FeatureRanges | undefined
  #learned = 0

  /**
   * @param given - trees to use instead of such as are grown from the seed; they fit the parameters
   * @throws AnomalyDetectionError `invalid-options` for more columns than a node of a tree can tell apart, 65,536
   */
  constructor(columns: number, seed: number, parameters: HalfSpaceTreesParameters, given?: HalfSpaceForest) {
    const { trees, height, window, sizeLimit, range } = parameters
    if (columns > HALF_SPACE_LIMITS.columns)
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-options',
        `columns is ${columns}; half-space trees take at most ${HALF_SPACE_LIMITS.columns}`,
        { option: 'columns', value: columns },
      )
    this.columns = columns
    this.#seed = seed
    this.#parameters = parameters
    this.#given = given
    const forest = given ?? growHalfSpaceForest(trees, height, columns, randomStream(seed).next)
    this.#masses = new HalfSpaceMasses(forest, window, sizeLimit * window)
    this.#windows = new AlternatingWindows(window, columns)
    this.#ranges = range === 'unit' ? FeatureRanges.unit(columns) : undefined
    this.#sample = new Float64Array(columns)
    this.#point = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#windows.hasReference
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    if (!this.isReady) return 0
    this.#ranges?.place(this.#sample, 0, this.#point)
    this.#masses.walk(this.#point)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    if (this.#ranges !== undefined) {
      this.#ranges.place(this.#sample, 0, this.#point)
      this.#masses.count(this.#point, this.#windows.filled)
    }
    this.#keep()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    let score = 0
    if (this.#ranges !== undefined) {
      this.#ranges.place(this.#sample, 0, this.#point)
      this.#masses.walkAndCount(this.#point, this.#windows.filled)
      if (this.isReady) score = this.#score()
    }
    this.#keep()
    return score
  }

  /**
   * Each split on a walk that left less than half of the mass on the sample's side counts for its feature, by the binary
   * logarithm of how much less; the score is shared out in proportion, evenly where no split counts. A sample above the
   * threshold is too high there, one below it too low.
   */
  attributeOne(sample: ArrayLike<number>): StreamAttribution {
    const score = this.scoreOne(sample)
    const high = new Float64Array(this.columns)
    const low = new Float64Array(this.columns)
    if (score === 0) return { high, low }
    const total = this.#masses.surprises(this.#point, high, low)
    for (let column = 0; column < this.columns; column++) {
      high[column] = total > 0 ? (score * (high[column] as number)) / total : score / (2 * this.columns)
      low[column] = total > 0 ? (score * (low[column] as number)) / total : score / (2 * this.columns)
    }
    return { high, low }
  }

  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      columns: this.columns,
      seed: this.#seed,
      learned: this.#learned,
      ...this.#parameters,
      ranges: this.#ranges?.toJSON() ?? null,
      ...this.#windows.toState(),
      forest: this.#given === undefined ? null : halfSpaceForestState(this.#given),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): HalfSpaceTrees {
    const reader = StateReader.ofPart(state, ID)
    const columns = columnsOf(reader)
    const parameters: HalfSpaceTreesParameters = {
      trees: reader.integer('trees', 1, HALF_SPACE_LIMITS.trees),
      height: reader.integer('height', 1, HALF_SPACE_LIMITS.height),
      window: reader.integer('window', 2, HALF_SPACE_LIMITS.window),
      sizeLimit: reader.number('sizeLimit', 0, 1),
      score: reader.oneOf('score', ['mass', 'path-sum']),
      range: reader.oneOf('range', ['adaptive', 'unit']),
    }
    if (
      parameters.trees * 2 ** (parameters.height + 1) > HALF_SPACE_LIMITS.nodes ||
      columns > HALF_SPACE_LIMITS.columns
    )
      throw reader.fault('trees', 'so many nodes or columns are not kept')
    const [forest, ranges] = [reader.part('forest') ?? null, reader.part('ranges') ?? null]
    const given =
      forest === null
        ? undefined
        : restoredHalfSpaceForest(
            new StateReader(forest, `trees of ${ID}`),
            parameters.trees,
            parameters.height,
            columns,
          )
    const detector = new HalfSpaceTrees(columns, reader.integer('seed'), parameters, given)
    detector.#learned = reader.integer('learned')
    detector.#windows = AlternatingWindows.fromState(reader, parameters.window, columns)
    if (ranges !== null) detector.#ranges = FeatureRanges.fromState(new StateReader(ranges, `ranges of ${ID}`), columns)
    else if (detector.#windows.hasReference) throw reader.fault('ranges', 'they are missing after a whole window')
    detector.#recount()
    return detector
  }

  #score(): number {
    const { trees, window, height, score } = this.#parameters
    if (score === 'mass') return 1 / (1 + this.#masses.massSum / (trees * window))
    return 1 - this.#masses.pathSum / (trees * window * (2 ** (height + 1) - 1))
  }

  #keep(): void {
    this.#learned++
    if (!this.#windows.add(this.#sample)) return
    const { reference, size } = this.#windows
    const isAdaptive = this.#parameters.range === 'adaptive'
    if (this.#ranges !== undefined && !(isAdaptive && this.#ranges.areOutgrownBy(reference, size))) {
      this.#masses.turn()
      return
    }
    this.#ranges = FeatureRanges.of(reference, size, this.columns)
    this.#recount()
  }

  // Masses follow from the windows: they are counted anew where the ranges are new, and need not be part of a state.
  #recount(): void {
    this.#masses.clear()
    if (this.#ranges === undefined) return
    const { reference, latest, size, filled, columns, hasReference } = this.#windows
    for (let row = 0; hasReference && row < size; row++) {
      this.#ranges.place(reference, row * columns, this.#point)
      this.#masses.count(this.#point, row)
    }
    this.#masses.turn()
    for (let row = 0; row < filled; row++) {
      this.#ranges.place(latest, row * columns, this.#point)
      this.#masses.count(this.#point, row)
    }
  }
}
