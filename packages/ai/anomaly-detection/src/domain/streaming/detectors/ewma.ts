/**
 * How many exponentially weighted standard deviations a value lies from the exponentially weighted mean.
 * Source: S. W. Roberts (1959), Control Chart Tests Based on Geometric Moving Averages, Technometrics 1(3); moments by T. Finch (2009).
 */
import { StateReader } from '../state-reader.ts'
import { WeightedMoments } from '../statistics/weighted-moments.ts'
import { type ColumnJudge, deviationsOf, MarginalDetector, type MarginalDetectorParts } from './marginal-detector.ts'

/** How fast it forgets. */
export interface EwmaParameters {
  /** Weight of the newest value, in (0, 1]; default 0.02, which looks back some 100 values. */
  readonly alpha: number
  /** Samples learned from before it scores, an integer >= 2; default 30. */
  readonly warmUp: number
}

/**
 * Scores are deviations, in [0, 1e6]; normal data rarely score above 3. A column that has been constant gives any other value
 * the highest score, once.
 */
export function createEwma(columns: number, { alpha, warmUp }: EwmaParameters): MarginalDetector {
  return new MarginalDetector(partsOf(columns, { alpha, warmUp }))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreEwma(state: unknown): MarginalDetector {
  const reader = StateReader.ofPart(state, ID)
  const parameters = { alpha: reader.number('alpha', Number.MIN_VALUE, 1), warmUp: reader.integer('warmUp', 2) }
  return MarginalDetector.fromState(reader, (columns) => partsOf(columns, parameters))
}

const ID = 'ewma'

function partsOf(columns: number, parameters: EwmaParameters): MarginalDetectorParts {
  const { alpha, warmUp } = parameters
  const judgeOf = (state?: unknown): ColumnJudge =>
    new EwmaJudge(state === undefined ? new WeightedMoments(alpha, true) : WeightedMoments.fromJSON(state))
  return { id: ID, columns, warmUp, parameters: { ...parameters }, judgeOf }
}

class EwmaJudge implements ColumnJudge {
  readonly #moments: WeightedMoments

  constructor(moments: WeightedMoments) {
    this.#moments = moments
  }

  judge(value: number): number {
    return deviationsOf(value - this.#moments.mean, this.#moments.deviation, this.#moments.mean)
  }

  push(value: number): void {
    this.#moments.push(value)
  }

  toJSON(): unknown {
    return this.#moments.toJSON()
  }
}
