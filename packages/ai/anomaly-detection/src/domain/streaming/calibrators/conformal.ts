/**
 * Conformal p-values: the rank of a score among the last ones.
 * Source: V. Vovk, A. Gammerman, G. Shafer (2005), Algorithmic Learning in a Random World; for streams R. Laxhammar, G. Falkman
 * (2014), Online Learning and Sequential Anomaly Detection in Trajectories.
 */
import { takeScore } from '../sample.ts'
import type { ScoreCalibrator } from '../score-calibrator.ts'
import { StateReader } from '../state-reader.ts'
import { RollingOrder } from '../statistics/rolling-order.ts'
import type { StreamDetectorState } from '../stream-detector.ts'

/** Which scores it judges by. */
export interface ConformalParameters {
  /** How many of the last scores, an integer >= 1; default 2000: false alarms rarer than 1 in 2001 cannot be asked for. */
  readonly window: number
  /** Scores learned from before the first answer, an integer >= 1; default 100. */
  readonly warmUp: number
}

/** The largest window that is taken. */
export const LARGEST_CONFORMAL_WINDOW = 100_000

const ID = 'conformal'

/**
 * Answers are 1 - p with p = (1 + scores at least as high) / (1 + scores). On a stream that stays as it is at most a share
 * alpha of the answers reaches 1 - alpha, whatever the scores' distribution.
 */
export class ConformalCalibrator implements ScoreCalibrator {
  readonly id: string = ID
  readonly #warmUp: number
  #order: RollingOrder
  #learned = 0

  constructor({ window, warmUp }: ConformalParameters) {
    this.#warmUp = warmUp
    this.#order = new RollingOrder(window)
  }

  get isReady(): boolean {
    return this.#learned >= this.#warmUp
  }

  calibrateOne(score: number): number {
    const value = takeScore(score)
    return this.isReady ? this.#order.countBelow(value) / (this.#order.count + 1) : 0
  }

  learnOne(score: number): void {
    this.#order.push(takeScore(score))
    this.#learned++
  }

  calibrateThenLearn(score: number): number {
    const answer = this.calibrateOne(score)
    this.learnOne(score)
    return answer
  }

  toJSON(): StreamDetectorState {
    return { id: ID, format: 1, warmUp: this.#warmUp, learned: this.#learned, order: this.#order.toJSON() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): ConformalCalibrator {
    const reader = StateReader.ofPart(state, ID)
    const order = RollingOrder.fromJSON(reader.part('order'))
    const calibrator = new ConformalCalibrator({ window: order.size, warmUp: reader.integer('warmUp', 1) })
    calibrator.#order = order
    calibrator.#learned = reader.integer('learned', order.count)
    return calibrator
  }
}
