/**
 * The share of a normal distribution below a score, with the mean and deviation of the last scores.
 * Source: as PySAD 0.5's GaussianTailProbabilityCalibrator, after S. Ahmad, A. Lavin, S. Purdy, Z. Agha (2017).
 */
import { upperGamma } from '../../numeric/incomplete-gamma.ts'
import { takeScore } from '../sample.ts'
import type { ScoreCalibrator } from '../score-calibrator.ts'
import { StateReader } from '../state-reader.ts'
import { RollingMoments } from '../statistics/rolling-moments.ts'
import type { StreamDetectorState } from '../stream-detector.ts'

const ID = 'gaussian-tail'
const FARTHEST = 40 // deviations: beyond, the tail is 0

/** Which scores it judges by. */
export interface GaussianTailParameters {
  /** How many of the last scores, an integer >= 2; default 5000. */
  readonly window: number
  /** Scores learned from before the first answer, an integer >= 2; default 100. */
  readonly warmUp: number
}

/** The largest window that is taken. */
export const LARGEST_GAUSSIAN_WINDOW = 1_000_000

/** Answers are right for scores that are spread normally; for others they only rank. 0.5 where scores do not vary. */
export class GaussianTailCalibrator implements ScoreCalibrator {
  readonly id: string = ID
  readonly #warmUp: number
  #moments: RollingMoments
  #learned = 0

  constructor({ window, warmUp }: GaussianTailParameters) {
    this.#warmUp = warmUp
    this.#moments = new RollingMoments(window)
  }

  get isReady(): boolean {
    return this.#learned >= this.#warmUp
  }

  calibrateOne(score: number): number {
    const value = takeScore(score)
    if (!this.isReady) return 0
    const { mean, deviation } = this.#moments
    if (value === mean) return 0.5
    const deviations = Math.min(FARTHEST, Math.max(-FARTHEST, (value - mean) / deviation)) // no spread: Infinity
    const beyond = upperGamma(0.5, (deviations * deviations) / 2) / 2
    return deviations > 0 ? 1 - beyond : beyond
  }

  learnOne(score: number): void {
    this.#moments.push(takeScore(score))
    this.#learned++
  }

  calibrateThenLearn(score: number): number {
    const answer = this.calibrateOne(score)
    this.learnOne(score)
    return answer
  }

  toJSON(): StreamDetectorState {
    return { id: ID, format: 1, warmUp: this.#warmUp, learned: this.#learned, moments: this.#moments.toJSON() }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): GaussianTailCalibrator {
    const reader = StateReader.ofPart(state, ID)
    const moments = RollingMoments.fromJSON(reader.part('moments'))
    const calibrator = new GaussianTailCalibrator({ window: moments.size, warmUp: reader.integer('warmUp', 2) })
    calibrator.#moments = moments
    calibrator.#learned = reader.integer('learned', moments.count)
    return calibrator
  }
}
