/**
 * Exponentially weighted mean and variance: a number's weight shrinks by 1 - alpha with each later one.
 * Source: T. Finch (2009), Incremental Calculation of Weighted Mean and Variance, section 9.
 */
import { StateReader } from '../state-reader.ts'

/** Numbers of magnitudes up to 2^500. */
export class WeightedMoments {
  readonly alpha: number
  readonly #startsEven: boolean
  #count = 0
  #mean = 0
  #variance = 0

  /**
   * @param alpha - the weight of the newest number, in (0, 1]; 2 / (n + 1) looks back about n numbers
   * @param startsEven - whether the first 1 / alpha numbers weigh alike; otherwise the very first weighs as if many had been
   *   like it, and for long the variance is too small
   */
  constructor(alpha: number, startsEven = false) {
    this.alpha = alpha
    this.#startsEven = startsEven
  }

  get count(): number {
    return this.#count
  }

  /** 0 before the first number, which then sets it. */
  get mean(): number {
    return this.#mean
  }

  /** >= 0. */
  get variance(): number {
    return this.#variance
  }

  get deviation(): number {
    return Math.sqrt(this.#variance)
  }

  push(value: number): void {
    if (this.#count === 0) this.#mean = value
    const difference = value - this.#mean
    const alpha = this.#startsEven ? Math.max(this.alpha, 1 / (this.#count + 1)) : this.alpha
    const step = alpha * difference
    this.#mean += step
    this.#variance = (1 - alpha) * (this.#variance + difference * step)
    this.#count++
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const [mean, variance] = [this.#mean, this.#variance]
    return { alpha: this.alpha, startsEven: this.#startsEven, count: this.#count, mean, variance }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): WeightedMoments {
    const reader = new StateReader(state, 'weighted moments')
    const moments = new WeightedMoments(reader.number('alpha', Number.MIN_VALUE, 1), reader.flag('startsEven'))
    moments.#count = reader.integer('count')
    moments.#mean = reader.number('mean')
    moments.#variance = reader.number('variance', 0)
    return moments
  }
}
