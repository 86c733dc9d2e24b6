/**
 * SPOT and DSPOT: how improbable a score is by extreme-value theory, in a stream that stays as it is or that drifts.
 * Source: A. Siffer, P.-A. Fouque, A. Termier, C. Largouet (2017), Anomaly Detection in Streams with Extreme Value Theory, KDD.
 */
import { takeScore } from '../sample.ts'
import type { ScoreCalibrator } from '../score-calibrator.ts'
import { StateReader } from '../state-reader.ts'
import { RollingMoments } from '../statistics/rolling-moments.ts'
import type { StreamDetectorState } from '../stream-detector.ts'
import { PeaksOverThreshold } from './peaks-over-threshold.ts'

/** How the tail of the scores is learned. */
export interface SpotParameters {
  /** The share of scores that counts as anomalies, in (0, 0.1]; default 0.001. Set it to the false alarms that are asked for. */
  readonly risk: number
  /** The share of the first scores below which the tail begins, in [0.5, 1); default 0.98. */
  readonly level: number
  /** How many of the first scores set where the tail begins, an integer >= 10; default 1000. */
  readonly initial: number
  /** How many of the last peaks the tail is fitted to, an integer >= 10; default 500. */
  readonly peaks: number
}

/** As SPOT's. */
export interface DriftSpotParameters extends SpotParameters {
  /** Scores are judged less the mean of so many before them that were not wild, an integer >= 1; default 50. */
  readonly depth: number
}

/** The largest depth that is taken. */
export const LARGEST_SPOT_DEPTH = 100_000

/**
 * Answers are 1 minus the probability of a higher score; from 1 - `risk` on a score is an anomaly. From 1 - `risk` / 100 on it is
 * wild, and counts for no more than that; after 100 of these in a row it begins anew.
 */
export class Spot implements ScoreCalibrator {
  readonly id: 'spot' | 'dspot'
  readonly #peaks: PeaksOverThreshold
  #before: RollingMoments | undefined

  private constructor(peaks: PeaksOverThreshold, before: RollingMoments | undefined) {
    this.id = before === undefined ? 'spot' : 'dspot'
    this.#peaks = peaks
    this.#before = before
  }

  static create({ risk, level, initial, peaks }: SpotParameters): Spot {
    return new Spot(new PeaksOverThreshold({ risk, level, initial, peaks }), undefined)
  }

  static createForDrift({ depth, risk, level, initial, peaks }: DriftSpotParameters): Spot {
    return new Spot(new PeaksOverThreshold({ risk, level, initial, peaks }), new RollingMoments(depth))
  }

  get isReady(): boolean {
    return this.#peaks.isReady
  }

  /** The score above which the next one is an anomaly; Infinity while not ready. */
  get limit(): number {
    return this.#peaks.limit + (this.#before?.mean ?? 0)
  }

  calibrateOne(score: number): number {
    const value = takeScore(score) - (this.#before?.mean ?? 0)
    return this.#peaks.isReady ? 1 - this.#peaks.exceedance(value) : 0
  }

  learnOne(score: number): void {
    const value = takeScore(score)
    if (this.#before === undefined) {
      this.#peaks.push(value)
      return
    }
    const isWarm = this.#before.count === this.#before.size
    if (!isWarm || this.#peaks.push(value - this.#before.mean)) this.#before.push(value)
    else if (!this.#peaks.isReady) this.#before = new RollingMoments(this.#before.size) // it has just begun anew
  }

  calibrateThenLearn(score: number): number {
    const answer = this.calibrateOne(score)
    this.learnOne(score)
    return answer
  }

  toJSON(): StreamDetectorState {
    return { id: this.id, format: 1, peaks: this.#peaks.toJSON(), before: this.#before?.toJSON() ?? null }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown, id: 'spot' | 'dspot'): Spot {
    const reader = StateReader.ofPart(state, id)
    const before = id === 'dspot' ? RollingMoments.fromJSON(reader.part('before')) : undefined
    return new Spot(PeaksOverThreshold.fromJSON(reader.part('peaks')), before)
  }
}
