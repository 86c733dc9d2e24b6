import { deviationsOf } from '../detectors/marginal-detector.ts'
import { RollingOrder } from '../statistics/rolling-order.ts'

const UPPER = 0.95

/**
 * Where a detector's scores lie: 0 for the median of the last ones, asinh(1) = 0.88 for the score that one in twenty exceeds,
 * growing as the logarithm beyond it. Quantiles and a logarithm, since scores have long tails of different weights: by means
 * and deviations one member's tail would drown what all others say. Where nine in ten are alike, the highest sets the measure.
 */
export class ScoreScale {
  #order: RollingOrder

  /** @param memory - how many of the last scores set the scale, an integer >= 2 */
  constructor(memory: number) {
    this.#order = new RollingOrder(memory)
  }

  /** Scores it knows, at most `memory`. */
  get count(): number {
    return this.#order.count
  }

  /** Finite, at most 14.6 either way; 0 before the first score. */
  place(score: number): number {
    if (this.#order.count === 0) return 0
    const { median } = this.#order
    const upper = this.#order.quantile(UPPER)
    const spread = upper > median ? upper - median : this.#order.at(this.#order.count - 1) - median
    return Math.asinh(deviationsOf(score - median, spread, median))
  }

  push(score: number): void {
    this.#order.push(score)
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return this.#order.toJSON()
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): ScoreScale {
    const scale = new ScoreScale(1)
    scale.#order = RollingOrder.fromJSON(state)
    return scale
  }
}
