/**
 * How many standard deviations a value lies from the mean of all values so far, or of the last ones.
 * Source: as River's StandardAbsoluteDeviation and GaussianScorer 0.26; moments by B. P. Welford (1962).
 */
import { errorFunction } from '../../numeric/incomplete-gamma.ts'
import { StateReader } from '../state-reader.ts'
import { RollingMoments } from '../statistics/rolling-moments.ts'
import { RunningMoments } from '../statistics/running-moments.ts'
import { type ColumnJudge, deviationsOf, MarginalDetector, type MarginalDetectorParts } from './marginal-detector.ts'

/** Deviations, or the share of a normal distribution that lies nearer to the mean. */
export type ZScoreUnit = 'deviations' | 'probability'

/** What the mean is taken of, and what the score is given in. */
export interface ZScoreParameters {
  /** How many of the last values, an integer >= 2; 0, the default, for all of them. */
  readonly window: number
  /** Default 'deviations'. */
  readonly unit: ZScoreUnit
  /** Samples learned from before it scores, an integer >= 2; default 30. */
  readonly warmUp: number
}

/** The largest window that is taken. */
export const LARGEST_Z_SCORE_WINDOW = 1_000_000

/** Scores lie in [0, 1e6] as deviations, in [0, 1] as probability; normal data rarely score above 3 deviations. */
export function createZScore(columns: number, { window, unit, warmUp }: ZScoreParameters): MarginalDetector {
  return new MarginalDetector(partsOf(columns, { window, unit, warmUp }))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreZScore(state: unknown): MarginalDetector {
  const reader = StateReader.ofPart(state, ID)
  const window = reader.integer('window', 0, LARGEST_Z_SCORE_WINDOW)
  const unit = reader.oneOf('unit', ['deviations', 'probability'])
  const parameters = { window, unit, warmUp: reader.integer('warmUp', 2) }
  return MarginalDetector.fromState(reader, (columns) => partsOf(columns, parameters))
}

const ID = 'z-score'

function partsOf(columns: number, parameters: ZScoreParameters): MarginalDetectorParts {
  const { window, unit, warmUp } = parameters
  const judgeOf = (state?: unknown): ColumnJudge => new ZScoreJudge(momentsOf(window, state), unit)
  return { id: ID, columns, warmUp, parameters: { ...parameters }, judgeOf }
}

function momentsOf(window: number, state: unknown): RunningMoments | RollingMoments {
  if (window === 0) return state === undefined ? new RunningMoments() : RunningMoments.fromJSON(state)
  return state === undefined ? new RollingMoments(window) : RollingMoments.fromJSON(state)
}

class ZScoreJudge implements ColumnJudge {
  readonly #moments: RunningMoments | RollingMoments
  readonly #asProbability: boolean

  constructor(moments: RunningMoments | RollingMoments, unit: ZScoreUnit) {
    this.#moments = moments
    this.#asProbability = unit === 'probability'
  }

  judge(value: number): number {
    const { mean, deviation } = this.#moments
    const deviations = deviationsOf(value - mean, deviation, mean)
    return this.#asProbability ? errorFunction(deviations / Math.SQRT2) : deviations
  }

  push(value: number): void {
    this.#moments.push(value)
  }

  toJSON(): unknown {
    return this.#moments.toJSON()
  }
}
