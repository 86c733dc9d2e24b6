/**
 * The share of all scores so far that are lower, from a few quantiles that are estimated in constant memory.
 * Source: R. Jain, I. Chlamtac (1985), The P-square Algorithm, CACM 28(10).
 */
import { takeScore } from '../sample.ts'
import type { ScoreCalibrator } from '../score-calibrator.ts'
import { StateReader } from '../state-reader.ts'
import { PSquareQuantile } from '../statistics/p-square-quantile.ts'
import type { StreamDetectorState } from '../stream-detector.ts'

const ID = 'quantile'
const LEVELS = [0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]

/** When it answers. */
export interface QuantileCalibratorParameters {
  /** Scores learned from before the first answer, an integer >= 10; default 200. */
  readonly warmUp: number
}

/**
 * Answers lie between the estimated quantiles in proportion, and near 1 beyond the highest, that of 0.999. It never forgets:
 * for streams that stay as they are.
 */
export class QuantileCalibrator implements ScoreCalibrator {
  readonly id: string = ID
  readonly #warmUp: number
  #quantiles: ReadonlyArray<PSquareQuantile> = LEVELS.map((level) => new PSquareQuantile(level))
  #least = 0
  #learned = 0

  constructor({ warmUp }: QuantileCalibratorParameters) {
    this.#warmUp = warmUp
  }

  get isReady(): boolean {
    return this.#learned >= this.#warmUp
  }

  calibrateOne(score: number): number {
    const value = takeScore(score)
    return this.isReady ? this.#shareBelow(value) : 0
  }

  learnOne(score: number): void {
    const value = takeScore(score)
    this.#least = this.#learned === 0 ? value : Math.min(this.#least, value)
    for (const quantile of this.#quantiles) quantile.push(value)
    this.#learned++
  }

  calibrateThenLearn(score: number): number {
    const answer = this.calibrateOne(score)
    this.learnOne(score)
    return answer
  }

  toJSON(): StreamDetectorState {
    const quantiles = this.#quantiles.map((quantile) => quantile.toJSON())
    return { id: ID, format: 1, warmUp: this.#warmUp, learned: this.#learned, least: this.#least, quantiles }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): QuantileCalibrator {
    const reader = StateReader.ofPart(state, ID)
    const calibrator = new QuantileCalibrator({ warmUp: reader.integer('warmUp', 10) })
    calibrator.#learned = reader.integer('learned')
    calibrator.#least = reader.number('least')
    calibrator.#quantiles = reader
      .list('quantiles', LEVELS.length)
      .map((quantile) => PSquareQuantile.fromJSON(quantile))
    return calibrator
  }

  // Each quantile is estimated by itself: one that came out below a lower one counts as that.
  #shareBelow(value: number): number {
    let [lower, lowerLevel] = [this.#least, 0]
    let lowerGap = 0
    for (let i = 0; i < LEVELS.length; i++) {
      const upper = Math.max(lower, this.#quantiles[i]?.estimate ?? lower)
      const level = LEVELS[i] as number
      if (value <= upper)
        return value <= lower ? lowerLevel : lowerLevel + ((value - lower) / (upper - lower)) * (level - lowerLevel)
      if (upper > lower) lowerGap = upper - lower
      lower = upper
      lowerLevel = level
    }
    const beyond = value - lower
    return lowerLevel + (1 - lowerLevel) * (beyond / (beyond + lowerGap))
  }
}
