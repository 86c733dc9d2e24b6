/**
 * Exponentially weighted mean and variance: a number's weight shrinks by 1 - alpha with each later one.
 * Source: T. Finch (2009), Incremental Calculation of Weighted Mean and Variance, section 9.
 */
import { StateReader } from '../state-reader.ts'

/** Numbers of magnitudes up to 2^500. */
export class WeightedMoments {
  readonly alpha: number
  #count = 0
  #mean = 0
  #variance = 0

  /** @param alpha - the weight of the newest number, in (0, 1]; 2 / (n + 1) looks back about n numbers */
  constructor(alpha: number) {
    this.alpha = alpha
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
    const step = this.alpha * difference
    this.#mean += step
    this.#variance = (1 - this.alpha) * (this.#variance + difference * step)
    this.#count++
  }

  toJSON(): { readonly alpha: number; readonly count: number; readonly mean: number; readonly variance: number } {
    return { alpha: this.alpha, count: this.#count, mean: this.#mean, variance: this.#variance }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): WeightedMoments {
    const reader = new StateReader(state, 'weighted moments')
    const moments = new WeightedMoments(reader.number('alpha', Number.MIN_VALUE, 1))
    moments.#count = reader.integer('count')
    moments.#mean = reader.number('mean')
    moments.#variance = reader.number('variance', 0)
    return moments
  }
}
