/**
 * RS-Hash: grids over random subspaces; a sample scores high where their cells hold few of the last samples.
 * Source: S. Sathe, C. Aggarwal (2016), Subspace Outlier Detection in Linear Time with Randomized Hashing, ICDM. Where the paper
 * lets counts decay, the last samples count here, each once, so that nothing is kept but them.
 */
import { randomStream } from '../../numeric/random-stream.ts'
import { FeatureRanges } from '../feature-ranges.ts'
import { takeSample } from '../sample.ts'
import { SlidingRows } from '../sliding-rows.ts'
import { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { columnsOf } from './marginal-detector.ts'
import { SubspaceGrids } from './subspace-grids.ts'

const ID = 'rs-hash'

/** How many grids, over how many samples. */
export interface RsHashParameters {
  /** Grids, an integer >= 1; default 100. */
  readonly grids: number
  /** How many of the last samples count, an integer >= 2; default 1000. */
  readonly window: number
}

/** How large the parameters may be. */
export const RS_HASH_LIMITS: { readonly grids: number; readonly window: number } = { grids: 2000, window: 32_768 }

/** Whether there is memory for the counts. */
export function rsHashFits({ grids, window }: RsHashParameters): boolean {
  return grids * window <= 2 ** 24
}

/**
 * Scores are log2(1 + w) minus the mean over the grids of log2(1 + count), in [0, log2(1 + w)], high is abnormal; 0 until the
 * window is full. Ranges of the columns are learned from the window, and anew when it has left them. Counts are those of a hash
 * table, so that two cells may now and then share one. Cost: time O(grids * log(w)) a sample; memory O(grids * w + w * d).
 */
export class RsHash implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parameters: RsHashParameters
  readonly #seed: number
  readonly #grids: SubspaceGrids
  readonly #sample: Float64Array
  readonly #point: Float64Array
  #rows: SlidingRows
  #ranges: FeatureRanges | undefined
  #learned = 0

  constructor(columns: number, seed: number, parameters: RsHashParameters) {
    this.columns = columns
    this.#seed = seed
    this.#parameters = parameters
    this.#grids = new SubspaceGrids(columns, parameters.grids, parameters.window, randomStream(seed).next)
    this.#rows = new SlidingRows(parameters.window, columns)
    this.#sample = new Float64Array(columns)
    this.#point = new Float64Array(columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#ranges !== undefined
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
      seed: this.#seed,
      learned: this.#learned,
      ...this.#parameters,
      ranges: this.#ranges?.toJSON() ?? null,
      ...this.#rows.toState(),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): RsHash {
    const reader = StateReader.ofPart(state, ID)
    const columns = columnsOf(reader)
    const parameters = {
      grids: reader.integer('grids', 1, RS_HASH_LIMITS.grids),
      window: reader.integer('window', 2, RS_HASH_LIMITS.window),
    }
    if (!rsHashFits(parameters)) throw reader.fault('grids', 'so many counts are not kept')
    const detector = new RsHash(columns, reader.integer('seed'), parameters)
    detector.#learned = reader.integer('learned')
    detector.#rows = SlidingRows.fromState(reader, parameters.window, columns)
    const ranges = reader.part('ranges') ?? null
    if ((ranges !== null) !== detector.#rows.isFull) throw reader.fault('ranges', 'they do not fit the window')
    if (ranges === null) return detector
    detector.#ranges = FeatureRanges.fromState(new StateReader(ranges, `ranges of ${ID}`), columns)
    detector.#recount(detector.#ranges)
    return detector
  }

  #score(): number {
    if (this.#ranges === undefined) return 0
    this.#ranges.place(this.#sample, 0, this.#point)
    return this.#grids.rarity(this.#point)
  }

  #learn(): void {
    this.#learned++
    if (this.#ranges !== undefined) {
      this.#ranges.place(this.#rows.data, this.#rows.nextSlot * this.columns, this.#point)
      this.#grids.count(this.#point, -1)
      this.#ranges.place(this.#sample, 0, this.#point)
      this.#grids.count(this.#point, 1)
    }
    this.#rows.add(this.#sample)
    // once a window, when each of its samples is new
    if (this.#rows.isFull && this.#rows.nextSlot === 0) this.#renewRanges()
  }

  #renewRanges(): void {
    const { data, count } = this.#rows
    if (this.#ranges !== undefined && !this.#ranges.areOutgrownBy(data, count)) return
    this.#ranges = FeatureRanges.of(data, count, this.columns)
    this.#recount(this.#ranges)
  }

  #recount(ranges: FeatureRanges): void {
    this.#grids.clear()
    for (let slot = 0; slot < this.#rows.count; slot++) {
      ranges.place(this.#rows.data, slot * this.columns, this.#point)
      this.#grids.count(this.#point, 1)
    }
  }
}
