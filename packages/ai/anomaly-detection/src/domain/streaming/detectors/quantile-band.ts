/**
 * How far a value lies outside the band between two quantiles of all values so far, which are estimated in constant memory.
 * Source: R. Jain, I. Chlamtac (1985), The P-square Algorithm, CACM 28(10).
 */
import { StateReader } from '../state-reader.ts'
import { PSquareQuantile } from '../statistics/p-square-quantile.ts'
import { type ColumnJudge, deviationsOf, MarginalDetector, type MarginalDetectorParts } from './marginal-detector.ts'

/** Where the band ends. */
export interface QuantileBandParameters {
  /** The share of values beyond each end of the band, in (0, 0.5); default 0.01. */
  readonly tail: number
  /** Samples learned from before it scores, an integer >= 6; default 100. */
  readonly warmUp: number
}

/**
 * A score is the distance from the median in units of the distance between the median and that end of the band: 1 at the
 * end, in [0, 1e6], also for lopsided distributions. It never forgets: for streams whose values stay as they are.
 */
export function createQuantileBand(columns: number, { tail, warmUp }: QuantileBandParameters): MarginalDetector {
  return new MarginalDetector(partsOf(columns, { tail, warmUp }))
}

/** Goes on from a state. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreQuantileBand(state: unknown): MarginalDetector {
  const reader = StateReader.ofPart(state, ID)
  const parameters = { tail: reader.number('tail', 1e-9, 0.5 - 1e-9), warmUp: reader.integer('warmUp', 6) }
  return MarginalDetector.fromState(reader, (columns) => partsOf(columns, parameters))
}

const ID = 'p2-quantile'

function partsOf(columns: number, parameters: QuantileBandParameters): MarginalDetectorParts {
  const { tail, warmUp } = parameters
  const judgeOf = (state?: unknown): ColumnJudge => {
    if (state === undefined) return new BandJudge([tail, 0.5, 1 - tail].map((p) => new PSquareQuantile(p)))
    const reader = new StateReader(state, `a column of ${ID}`)
    return new BandJudge(reader.list('quantiles', 3).map((quantile) => PSquareQuantile.fromJSON(quantile)))
  }
  return { id: ID, columns, warmUp, parameters: { ...parameters }, judgeOf }
}

class BandJudge implements ColumnJudge {
  readonly #quantiles: ReadonlyArray<PSquareQuantile>

  constructor(quantiles: ReadonlyArray<PSquareQuantile>) {
    this.#quantiles = quantiles
  }

  judge(value: number): number {
    const [low, middle, high] = this.#quantiles
    const median = middle?.estimate ?? 0
    const end = value > median ? (high?.estimate ?? 0) : (low?.estimate ?? 0)
    return deviationsOf(value - median, Math.abs(end - median), median)
  }

  push(value: number): void {
    for (const quantile of this.#quantiles) quantile.push(value)
  }

  toJSON(): unknown {
    return { quantiles: this.#quantiles.map((quantile) => quantile.toJSON()) }
  }
}
