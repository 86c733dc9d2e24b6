/**
 * Mean and variance of everything so far.
 * Source: B. P. Welford (1962), Note on a Method for Calculating Corrected Sums of Squares and Products, Technometrics 4(3).
 */
import { StateReader } from '../state-reader.ts'

/** Numbers of magnitudes up to 2^500. */
export class RunningMoments {
  #count = 0
  #mean = 0
  #squares = 0

  get count(): number {
    return this.#count
  }

  /** 0 before the first number. */
  get mean(): number {
    return this.#mean
  }

  /** Of a sample (divided by n - 1), >= 0; 0 for fewer than two numbers. */
  get variance(): number {
    return this.#count < 2 ? 0 : this.#squares / (this.#count - 1)
  }

  get deviation(): number {
    return Math.sqrt(this.variance)
  }

  push(value: number): void {
    this.#count++
    const difference = value - this.#mean
    this.#mean += difference / this.#count
    this.#squares += difference * (value - this.#mean)
  }

  toJSON(): { readonly count: number; readonly mean: number; readonly squares: number } {
    return { count: this.#count, mean: this.#mean, squares: this.#squares }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): RunningMoments {
    const reader = new StateReader(state, 'running moments')
    const moments = new RunningMoments()
    moments.#count = reader.integer('count')
    moments.#mean = reader.number('mean')
    moments.#squares = reader.number('squares', 0)
    return moments
  }
}
