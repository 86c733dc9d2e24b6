/**
 * The left matrix profile of a stream: how far the newest window is from the most similar earlier one.
 * Sources: C.-C. M. Yeh et al. (2016), Matrix Profile I, ICDM (STAMPI); Y. Lu et al. (2022), Matrix Profile XXIV (DAMP), KDD.
 */
import { AnomalyDetectionError } from '../../errors.ts'
import { takeSample } from '../../streaming/sample.ts'
import { StateReader } from '../../streaming/state-reader.ts'
import type { StreamDetector, StreamDetectorState } from '../../streaming/stream-detector.ts'
import { WindowHistory } from './window-history.ts'

const ID = 'left-matrix-profile'
const MOST_POINTS = 2 ** 24

/** What is compared, and with how much of the past. */
export interface LeftMatrixProfileParameters {
  /** Points in a window, >= 3: about one cycle, or as long as what is looked for. */
  readonly length: number
  /** Points kept, at least 4 windows; default 5,000. */
  readonly history: number
  /** Samples before scores say something; default 4 windows. */
  readonly warmUp: number
}

/** The newest window beside the one that it resembles most. */
export interface StreamShape {
  /** How many samples ago the similar window ended. */
  readonly ago: number
  /** To it, see `LeftMatrixProfile`. */
  readonly distance: number
  /** The newest window, shape (length). */
  readonly shape: Float64Array
  /** The similar one, brought to the mean and spread of the newest; shape (length). */
  readonly nearest: Float64Array
}

/**
 * Scores are Euclidean distances after each window is brought to mean 0 and standard deviation 1, in [0, 2 sqrt(length)];
 * constant windows, and windows with a value that is missing, as in `matrixProfile`: the latter score 0. One column. O(history)
 * a sample; memory some 12 numbers a point kept.
 */
export class LeftMatrixProfile implements StreamDetector {
  readonly id: string = ID
  readonly columns: number = 1
  readonly acceptsMissing: boolean = true
  readonly parameters: LeftMatrixProfileParameters
  readonly #history: WindowHistory

  /** @throws AnomalyDetectionError `invalid-parameters` */
  constructor(parameters: LeftMatrixProfileParameters, history?: WindowHistory) {
    const { length, history: points, warmUp } = parameters
    const isWhole = [length, points, warmUp].every((value) => Number.isSafeInteger(value))
    if (!isWhole || length < 3 || points < 4 * length || points > MOST_POINTS || warmUp < 0) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-parameters',
        `a left matrix profile takes a length from 3 (${length}), a history of 4 lengths at least (${points}) and a warm-up from 0 (${warmUp}), all whole numbers`,
        { length, history: points, warmUp },
      )
    }
    this.parameters = parameters
    this.#history = history ?? new WindowHistory(length, points)
  }

  get learned(): number {
    return this.#history.learned
  }

  get isReady(): boolean {
    const { length, warmUp } = this.parameters
    return this.learned >= Math.max(warmUp, 2 * length)
  }

  scoreOne(sample: ArrayLike<number>): number {
    const value = valueOf(sample)
    return this.isReady ? this.#history.nearestTo(value).distance : 0
  }

  learnOne(sample: ArrayLike<number>): void {
    this.#history.add(valueOf(sample))
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    const value = valueOf(sample)
    const isReady = this.isReady
    const { distance } = this.#history.add(value, isReady)
    return isReady ? distance : 0
  }

  /**
   * The window that ends with the sample beside the earlier one that it resembles most: what would have been normal.
   * @returns undefined where there is none to compare with
   */
  explainOne(sample: ArrayLike<number>): StreamShape | undefined {
    return this.#history.shapeOf(valueOf(sample))
  }

  toJSON(): StreamDetectorState {
    return { id: ID, format: 1, ...this.parameters, ...this.#history.toJSON() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` where it is not what `toJSON` gives */
  static fromJSON(state: unknown): LeftMatrixProfile {
    const reader = StateReader.ofPart(state, ID)
    const length = reader.integer('length', 3)
    const history = reader.integer('history', 4 * length, MOST_POINTS)
    const parameters = { length, history, warmUp: reader.integer('warmUp') }
    return new LeftMatrixProfile(parameters, WindowHistory.read(reader, length, history))
  }
}

function valueOf(sample: ArrayLike<number>): number {
  const value = sample.length === 1 ? (sample[0] as number) : 0
  if (Number.isNaN(value)) return value
  takeSample(sample, checked)
  return checked[0] as number
}

const checked = new Float64Array(1)
