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
const MOST_COLUMNS = 2 ** 16

/** What is compared, and with how much of the past. */
export interface LeftMatrixProfileParameters {
  /** Points in a window, >= 3: about one cycle, or as long as what is looked for. */
  readonly length: number
  /** Points kept, at least 4 windows; default 5,000. */
  readonly history: number
  /** Samples before scores say something; default 4 windows. */
  readonly warmUp: number
}

/** The newest window of a column beside the one that it resembles most. */
export interface StreamShape {
  /** The column that scores highest. */
  readonly column: number
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
 * constant windows, and windows with a value that is missing, as in `matrixProfile`: the latter score 0. Columns are compared
 * one by one, and a sample scores by the highest. O(history) a sample and column; memory some 12 numbers a point kept.
 */
export class LeftMatrixProfile implements StreamDetector {
  readonly id: string = ID
  readonly columns: number
  readonly acceptsMissing: boolean = true
  readonly parameters: LeftMatrixProfileParameters
  #histories: ReadonlyArray<WindowHistory>
  readonly #sample: Float64Array

  /**
   * @param columns - numbers of a sample, >= 1
   * @throws AnomalyDetectionError `invalid-parameters`
   */
  constructor(parameters: LeftMatrixProfileParameters, columns: number = 1) {
    const { length, history: points, warmUp } = parameters
    const isWhole = [length, points, warmUp, columns].every((value) => Number.isSafeInteger(value))
    const isInRange = length >= 3 && points >= 4 * length && points <= MOST_POINTS && warmUp >= 0 && columns >= 1
    if (!isWhole || !isInRange) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-parameters',
        `a left matrix profile takes a length from 3 (${length}), a history of 4 lengths at least (${points}), a warm-up from 0 (${warmUp}) and columns from 1 (${columns}), all whole numbers`,
        { length, history: points, warmUp, columns },
      )
    }
    this.parameters = parameters
    this.columns = columns
    this.#sample = new Float64Array(columns)
    this.#histories = Array.from({ length: columns }, () => new WindowHistory(length, points))
  }

  get learned(): number {
    return this.#histories[0]?.learned ?? 0
  }

  get isReady(): boolean {
    const { length, warmUp } = this.parameters
    return this.learned >= Math.max(warmUp, 2 * length)
  }

  scoreOne(sample: ArrayLike<number>): number {
    this.#take(sample)
    if (!this.isReady) return 0
    let highest = 0
    for (let column = 0; column < this.columns; column++) {
      highest = Math.max(highest, this.#historyOf(column).nearestTo(this.#sample[column] as number).distance)
    }
    return highest
  }

  learnOne(sample: ArrayLike<number>): void {
    this.#take(sample)
    for (let column = 0; column < this.columns; column++) this.#historyOf(column).add(this.#sample[column] as number)
  }

  scoreThenLearn(sample: ArrayLike<number>): number {
    this.#take(sample)
    const isReady = this.isReady
    let highest = 0
    for (let column = 0; column < this.columns; column++) {
      const { distance } = this.#historyOf(column).add(this.#sample[column] as number, isReady)
      highest = Math.max(highest, distance)
    }
    return highest
  }

  /**
   * The window that ends with the sample, of the column that scores highest, beside the earlier one that it resembles most: what
   * would have been normal.
   * @returns undefined where there is none to compare with
   */
  explainOne(sample: ArrayLike<number>): StreamShape | undefined {
    this.#take(sample)
    const shapes = this.#histories.flatMap((history, column) => {
      const found = history.shapeOf(this.#sample[column] as number)
      return found === undefined ? [] : [{ column, ...found }]
    })
    return shapes.reduce<StreamShape | undefined>(
      (a, b) => (a !== undefined && a.distance >= b.distance ? a : b),
      undefined,
    )
  }

  toJSON(): StreamDetectorState {
    const histories = this.#histories.map((history) => history.toJSON())
    return { id: ID, format: 1, columns: this.columns, ...this.parameters, histories }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` where it is not what `toJSON` gives */
  static fromJSON(state: unknown): LeftMatrixProfile {
    const reader = StateReader.ofPart(state, ID)
    const columns = reader.integer('columns', 1, MOST_COLUMNS)
    const length = reader.integer('length', 3)
    const history = reader.integer('history', 4 * length, MOST_POINTS)
    const made = new LeftMatrixProfile({ length, history, warmUp: reader.integer('warmUp') }, columns)
    made.#histories = reader
      .list('histories', columns)
      .map((one) => WindowHistory.read(new StateReader(one, `state of ${ID}, history`), length, history))
    if (made.#histories.some(({ learned }) => learned !== made.learned)) {
      throw reader.fault('histories', 'they have not seen the same samples')
    }
    return made
  }

  #historyOf(column: number): WindowHistory {
    return this.#histories[column] as WindowHistory // one for each column
  }

  // What is missing is NaN; all else is checked as any sample is.
  #take(sample: ArrayLike<number>): void {
    let lacks = false
    for (let column = 0; column < sample.length; column++) lacks ||= Number.isNaN(sample[column])
    if (!lacks) {
      takeSample(sample, this.#sample)
      return
    }
    takeSample(
      Array.from(sample, (value) => (Number.isNaN(value) ? 0 : value)),
      this.#sample,
    )
    for (let column = 0; column < this.columns; column++) {
      if (Number.isNaN(sample[column])) this.#sample[column] = Number.NaN
    }
  }
}
