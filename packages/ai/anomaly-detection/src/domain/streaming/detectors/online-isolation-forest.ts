/**
 * Online isolation forest: trees that grow where samples are and shrink where they no longer are; a sample whose leaf is shallow
 * scores high. Source: F. Leveni, G. Weigert Cassales, B. Pfahringer, A. Bifet, G. Boracchi (2024), Online Isolation Forest, ICML;
 * splits and depths as in the authors' program (two branches, 'adaptive' growth, all samples in every tree).
 */
import { type RandomStream, randomStream } from '../../numeric/random-stream.ts'
import { takeSample } from '../sample.ts'
import { SlidingRows } from '../sliding-rows.ts'
import { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { columnsOf } from './marginal-detector.ts'
import { expectedDepth, OnlineIsolationTree, type OnlineIsolationTreeShape } from './online-isolation-tree.ts'

const ID = 'online-iforest'

/** How many trees, over how many samples. */
export interface OnlineIsolationForestParameters {
  /** An integer >= 1; default 32. */
  readonly trees: number
  /** How many of the last samples the trees hold, at least 4 leafSamples; default 2048. */
  readonly window: number
  /** Samples a leaf holds before it splits, at the root; an integer >= 1, default 32. Twice as many at each further depth. */
  readonly leafSamples: number
}

/** How large the parameters may be. */
export const ONLINE_IFOREST_LIMITS: { readonly trees: number; readonly window: number; readonly height: number } = {
  trees: 1000,
  window: 65_536,
  height: 6,
}

/** The depth of the deepest leaves; beyond `ONLINE_IFOREST_LIMITS.height` leaves are too small for their window. */
export function onlineForestHeight({ window, leafSamples }: OnlineIsolationForestParameters): number {
  return Math.ceil(expectedDepth(window, leafSamples))
}

/**
 * Scores are 2^-(mean depth / expected depth), in (0, 1], high is abnormal; 0 before 4 leafSamples samples. Cost: time
 * O(trees * d * log(w / leafSamples)) a sample; memory O(trees * d * sqrt(w / leafSamples) + w * d).
 */
export class OnlineIsolationForest implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: OnlineIsolationForestParameters
  readonly #random: RandomStream
  readonly #shape: OnlineIsolationTreeShape
  readonly #sample: Float64Array
  readonly #oldest: Float64Array
  #trees: ReadonlyArray<OnlineIsolationTree>
  #rows: SlidingRows
  #learned = 0

  constructor(columns: number, random: RandomStream, parameters: OnlineIsolationForestParameters) {
    const { trees, window, leafSamples } = parameters
    this.columns = columns
    this.#parameters = parameters
    this.#random = random
    this.#shape = { columns, leafSamples, height: onlineForestHeight(parameters), random: random.next }
    this.#trees = Array.from({ length: trees }, () => new OnlineIsolationTree(this.#shape))
    this.#rows = new SlidingRows(window, columns)
    this.#sample = new Float64Array(columns)
    this.#oldest = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#rows.count >= 4 * this.#parameters.leafSamples
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    const score = this.#score()
    this.#learn()
    return score
  }

  toJSON(): StreamDetectorState {
    return {
      id: ID,
      format: 1,
      columns: this.columns,
      learned: this.#learned,
      ...this.#parameters,
      random: this.#random.toJSON(),
      ...this.#rows.toState(),
      forest: this.#trees.map((tree) => tree.toJSON()),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): OnlineIsolationForest {
    const reader = StateReader.ofPart(state, ID)
    const columns = columnsOf(reader)
    const window = reader.integer('window', 4, ONLINE_IFOREST_LIMITS.window)
    const leafSamples = reader.integer('leafSamples', 1, Math.floor(window / 4))
    const parameters = { trees: reader.integer('trees', 1, ONLINE_IFOREST_LIMITS.trees), window, leafSamples }
    if (onlineForestHeight(parameters) > ONLINE_IFOREST_LIMITS.height)
      throw reader.fault('leafSamples', 'they are too few for the window')
    const [a = 0, b = 0, c = 0, d = 0] = reader.numbers('random', 4)
    const detector = new OnlineIsolationForest(columns, randomStream([a, b, c, d]), parameters)
    detector.#learned = reader.integer('learned')
    detector.#rows = SlidingRows.fromState(reader, window, columns)
    detector.#trees = reader
      .list('forest', parameters.trees)
      .map((tree) => OnlineIsolationTree.fromState(new StateReader(tree, `a tree of ${ID}`), detector.#shape))
    return detector
  }

  #score(): number {
    if (!this.isReady) return 0
    let sum = 0
    for (const tree of this.#trees) sum += tree.depthOf(this.#sample)
    const expected = expectedDepth(this.#rows.count, this.#parameters.leafSamples)
    return 2 ** (-sum / this.#trees.length / expected)
  }

  #learn(): void {
    this.#learned++
    const isFull = this.#rows.isFull
    const at = this.#rows.nextSlot * this.columns
    if (isFull) this.#oldest.set(this.#rows.data.subarray(at, at + this.columns))
    this.#rows.add(this.#sample)
    for (const tree of this.#trees) {
      tree.learn(this.#sample)
      if (isFull) tree.forget(this.#oldest)
    }
  }
}
