/**
 * How many scaled median deviations a value lies from the median of the last values: a few wild values move neither.
 * Source: B. Iglewicz, D. Hoaglin (1993), How to Detect and Handle Outliers: the modified z-score.
 */
import { StateReader } from '../state-reader.ts'
import { RollingMoments } from '../statistics/rolling-moments.ts'
import { RollingOrder } from '../statistics/rolling-order.ts'
import { type ColumnJudge, deviationsOf, MarginalDetector, type MarginalDetectorParts } from './marginal-detector.ts'

const MAD_TO_SD = 1.4826 // 1 / Phi^-1(3/4): makes the MAD of normal data estimate its standard deviation

/** Which values it judges by. */
export interface RobustZScoreParameters {
  /** How many of the last values, an integer >= 3; default 500. */
  readonly window: number
  /** Samples learned from before it scores, an integer >= 2; default 30. */
  readonly warmUp: number
}

/** The largest window that is taken. */
export const LARGEST_ROBUST_WINDOW = 100_000

/**
 * Scores are scaled deviations, in [0, 1e6]; above 3.5 is the usual limit. Where more than half of the window is one and the
 * same value, which leaves no median deviation, the window's standard deviation is the measure.
 */
export function createRobustZScore(columns: number, { window, warmUp }: RobustZScoreParameters): MarginalDetector {
  return new MarginalDetector(partsOf(columns, { window, warmUp }))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreRobustZScore(state: unknown): MarginalDetector {
  const reader = StateReader.ofPart(state, ID)
  const window = reader.integer('window', 3, LARGEST_ROBUST_WINDOW)
  const parameters = { window, warmUp: reader.integer('warmUp', 2) }
  return MarginalDetector.fromState(reader, (columns) => partsOf(columns, parameters))
}

const ID = 'robust-z-score'

function partsOf(columns: number, parameters: RobustZScoreParameters): MarginalDetectorParts {
  const { window, warmUp } = parameters
  const judgeOf = (state?: unknown): ColumnJudge => {
    if (state === undefined) return new RobustJudge(new RollingOrder(window), new RollingMoments(window))
    const reader = new StateReader(state, `a column of ${ID}`)
    return new RobustJudge(RollingOrder.fromJSON(reader.part('order')), RollingMoments.fromJSON(reader.part('moments')))
  }
  return { id: ID, columns, warmUp, parameters: { ...parameters }, judgeOf }
}

class RobustJudge implements ColumnJudge {
  readonly #order: RollingOrder
  readonly #moments: RollingMoments

  constructor(order: RollingOrder, moments: RollingMoments) {
    this.#order = order
    this.#moments = moments
  }

  judge(value: number): number {
    const { median, medianDeviation } = this.#order
    const spread = medianDeviation > 0 ? MAD_TO_SD * medianDeviation : this.#moments.deviation
    return deviationsOf(value - median, spread, median)
  }

  push(value: number): void {
    this.#order.push(value)
    this.#moments.push(value)
  }

  toJSON(): unknown {
    return { order: this.#order.toJSON(), moments: this.#moments.toJSON() }
  }
}
