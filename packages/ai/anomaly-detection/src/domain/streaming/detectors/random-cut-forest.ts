/**
 * Random cut forest over a stream: how soon random cuts of the recent past part a sample from all others.
 * Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on
 * Streams, ICML. Score, attribution, imputation and defaults are those of the Random Cut Forest library by AWS (4.x):
 * see `cut-forest-score.ts` for what the score is; the collusive displacement of the paper is `Rrcf`.
 */
import type { CutForestState } from '../cut-forest/cut-forest-state.ts'
import { CutForest } from '../cut-forest/cut-forest.ts'
import { Shingle, type ShingleState } from '../cut-forest/shingle.ts'
import { takeIncompleteSample } from '../cut-forest/take-incomplete-sample.ts'
import type { AttributingStreamDetector, ForecastingStreamDetector, StreamAttribution } from '../stream-detector.ts'

/** What a random cut forest of a stream can be told. */
export interface RandomCutForestParameters {
  /** Default 50. */
  readonly trees: number
  /** Points each tree keeps; default 256. */
  readonly sampleSize: number
  /**
   * >= 0: how fast the forest forgets; a sample is e times less likely to be kept than one that came 1 / timeDecay later.
   * Default 1 / (10 * sampleSize).
   */
  readonly timeDecay: number
  /** Samples to learn from before the first score; default sampleSize / 4. */
  readonly outputAfter: number
  /** How many samples in a row make a point: 1 judges each by itself, more judge the shape of the series; default 1. */
  readonly shingleSize: number
  /** Whether the samples of a point keep their places as the window moves on, see `Shingle`; default false. */
  readonly rotation: boolean
}

/** The defaults where all are left out. */
export const randomCutForestDefaults: RandomCutForestParameters = {
  trees: 50,
  sampleSize: 256,
  timeDecay: 1 / 2560,
  outputAfter: 64,
  shingleSize: 1,
  rotation: false,
}

/** The state of a random cut forest, see `StreamDetectorState`. */
export interface RandomCutForestState {
  readonly id: 'rcf'
  readonly format: 1
  readonly [field: string]: unknown
  readonly columns: number
  readonly parameters: RandomCutForestParameters
  readonly shingle: ShingleState
  readonly forest: CutForestState
}

/**
 * Accepts NaN for what is not known: it is filled with what the forest expects beside the rest of the point, or with
 * the last known number until the forest is ready. A point of which more than half is filled is not learned from.
 */
export class RandomCutForest implements AttributingStreamDetector, ForecastingStreamDetector {
  readonly id = 'rcf'
  readonly columns: number
  readonly acceptsMissing = true
  readonly #parameters: RandomCutForestParameters
  readonly #shingle: Shingle
  readonly #forest: CutForest
  readonly #sample: Float64Array
  readonly #point: Float64Array
  readonly #missing: Uint8Array

  /** @param from - a seed, or a state to go on from @throws AnomalyDetectionError `invalid-stream-state` */
  constructor(columns: number, parameters: RandomCutForestParameters, from: number | RandomCutForestState) {
    const { trees, sampleSize, timeDecay, shingleSize, rotation } = parameters
    const isNew = typeof from === 'number'
    const dimensions = columns * shingleSize
    this.columns = columns
    this.#parameters = parameters
    this.#shingle = new Shingle(columns, shingleSize, rotation, isNew ? undefined : from.shingle)
    this.#forest = new CutForest({ dimensions, trees, sampleSize, timeDecay }, isNew ? from : from.forest)
    this.#sample = new Float64Array(columns)
    this.#point = new Float64Array(dimensions)
    this.#missing = new Uint8Array(dimensions)
  }

  static fromJSON(state: RandomCutForestState): RandomCutForest {
    return new RandomCutForest(state.columns, state.parameters, state)
  }

  get learned(): number {
    return this.#shingle.taken
  }

  get isReady(): boolean {
    return this.#forest.learned > 0 && this.#forest.learned >= this.#parameters.outputAfter
  }

  /** > 0 once ready: about 1 where a sample lies among the others, higher is more anomalous. */
  scoreOne(sample: ArrayLike<number>): number {
    this.#compose(sample)
    return this.#score()
  }

  learnOne(sample: ArrayLike<number>): void {
    this.#compose(sample)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    this.#compose(sample)
    const score = this.#score()
    this.#learn()
    return score
  }

  /** Of a point of several samples, each column's shares are summed over them; all 0 while the forest is not ready. */
  attributeOne(sample: ArrayLike<number>): StreamAttribution {
    this.#compose(sample)
    const high = new Float64Array(this.columns)
    const low = new Float64Array(this.columns)
    if (!this.isReady) return { high, low }
    const shares = this.#forest.attribute(this.#point)
    for (let k = 0; k < this.#point.length; k++) {
      const column = k % this.columns
      high[column] = (high[column] ?? 0) + (shares.high[k] ?? 0)
      low[column] = (low[column] ?? 0) + (shares.low[k] ?? 0)
    }
    return { high, low }
  }

  /**
   * Beside the samples before it where a point has several; otherwise each number beside the others of the sample. The
   * sample itself while the forest is not ready.
   */
  expectOne(sample: ArrayLike<number>): Float64Array {
    this.#compose(sample)
    const { newest } = this.#shingle
    const expected = this.#point.slice(newest, newest + this.columns)
    if (!this.isReady) return expected
    const together = this.#shingle.size > 1
    if (together) this.#missing.fill(0).fill(1, newest, newest + this.columns)
    for (let column = 0; column < (together ? 1 : this.columns); column++) {
      const point = this.#point.slice()
      if (!together) this.#missing.fill(0)[newest + column] = 1
      this.#forest.impute(point, this.#missing)
      for (let k = 0; k < this.columns; k++) if (this.#missing[newest + k] === 1) expected[k] = point[newest + k] ?? 0
    }
    return expected
  }

  toJSON(): RandomCutForestState {
    return {
      id: 'rcf',
      format: 1,
      columns: this.columns,
      parameters: this.#parameters,
      shingle: this.#shingle.toJSON(),
      forest: this.#forest.toJSON(),
    }
  }

  #score(): number {
    return this.isReady && this.#shingle.isNearlyWhole ? this.#forest.score(this.#point) : 0
  }

  #learn(): void {
    const isWhole = this.#shingle.isNearlyWhole
    this.#shingle.take(this.#point, this.#missing)
    if (isWhole && 2 * this.#shingle.filledCount <= this.#point.length) this.#forest.learn(this.#point)
  }

  // The point that the sample makes stands in #point then, and in #missing what of the sample was filled in.
  #compose(sample: ArrayLike<number>): void {
    const missing = takeIncompleteSample(sample, this.#sample)
    this.#missing.fill(0)
    this.#shingle.compose(this.#sample, this.#point)
    if (missing === 0) return
    const { newest } = this.#shingle
    for (let column = 0; column < this.columns; column++) {
      if (!Number.isNaN(this.#point[newest + column])) continue
      this.#missing[newest + column] = 1
      this.#point[newest + column] = this.#shingle.last(column)
    }
    if (this.isReady) this.#forest.impute(this.#point, this.#missing)
  }
}
