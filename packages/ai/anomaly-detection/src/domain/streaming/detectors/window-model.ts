import { AlternatingWindows } from '../alternating-windows.ts'
import { takeSample } from '../sample.ts'
import type { StateReader } from '../state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../stream-detector.ts'
import { columnsOf } from './marginal-detector.ts'

/** What is made of a whole window and judges the samples of the next. */
export interface WindowModel {
  /** Makes it anew. @param rows - shape (count, columns) */
  readonly fit: (rows: Float64Array, count: number) => void
  /** @returns finite, higher is more anomalous; the model is as before */
  readonly score: (sample: Float64Array) => number
}

/** What a detector by whole windows is, apart from how it judges. */
export interface WindowModelParts {
  readonly id: string
  readonly columns: number
  readonly seed: number
  readonly window: number
  /** Fields of its parameters in its state. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** All randomness is drawn here, from the seed, so that the state needs but the seed and the windows. */
  readonly model: WindowModel
}

/** Judges by a model of the last whole window of samples, which is made anew once a window. */
export class WindowModelDetector implements StreamDetector {
  readonly id: string
  readonly columns: number
  readonly acceptsMissing = false
  readonly #parts: WindowModelParts
  readonly #sample: Float64Array
  #windows: AlternatingWindows
  #learned = 0

  constructor(parts: WindowModelParts) {
    this.#parts = parts
    this.id = parts.id
    this.columns = parts.columns
    this.#sample = new Float64Array(parts.columns)
    this.#windows = new AlternatingWindows(parts.window, parts.columns)
  }

  get learned(): number {
    return this.#learned
  }

  get isReady(): boolean {
    return this.#windows.hasReference
  }

  scoreOne(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    return this.isReady ? this.#parts.model.score(this.#sample) : 0
  }

  learnOne(sample: ArrayLike<number>): void {
    takeSample(sample, this.#sample)
    this.#learn()
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    takeSample(sample, this.#sample)
    const score = this.isReady ? this.#parts.model.score(this.#sample) : 0
    this.#learn()
    return score
  }

  toJSON(): StreamDetectorState {
    const { id, columns, seed, parameters } = this.#parts
    return { id, format: 1, columns, seed, learned: this.#learned, ...parameters, ...this.#windows.toState() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(
    state: StateReader,
    partsOf: (columns: number, seed: number) => WindowModelParts,
  ): WindowModelDetector {
    const parts = partsOf(columnsOf(state), state.integer('seed'))
    const detector = new WindowModelDetector(parts)
    detector.#learned = state.integer('learned')
    detector.#windows = AlternatingWindows.fromState(state, parts.window, parts.columns)
    if (detector.isReady) parts.model.fit(detector.#windows.reference, parts.window)
    return detector
  }

  #learn(): void {
    this.#learned++
    if (this.#windows.add(this.#sample)) this.#parts.model.fit(this.#windows.reference, this.#parts.window)
  }
}
