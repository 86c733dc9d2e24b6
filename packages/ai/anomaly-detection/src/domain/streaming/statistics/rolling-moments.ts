import { StateReader } from '../state-reader.ts'

const LARGEST_WINDOW = 2 ** 24
const LOST_PRECISION = 2 ** -20 // a sum that shrinks to this share of itself holds more rounding than numbers

/**
 * Mean and variance of the last numbers, in constant time each. What rounding adds up to is taken off once a window: the
 * moments are then made anew from the numbers themselves.
 */
export class RollingMoments {
  readonly size: number
  readonly #values: Float64Array
  #count = 0
  #next = 0
  #mean = 0
  #squares = 0

  /** @param size - numbers in a full window, from 1 */
  constructor(size: number) {
    this.size = size
    this.#values = new Float64Array(size)
  }

  /** From 0 to `size`. */
  get count(): number {
    return this.#count
  }

  /** 0 before the first number. */
  get mean(): number {
    return this.#mean
  }

  /** Of a sample (divided by n - 1), >= 0; 0 for fewer than two numbers. */
  get variance(): number {
    return this.#count < 2 ? 0 : Math.max(0, this.#squares) / (this.#count - 1)
  }

  get deviation(): number {
    return Math.sqrt(this.variance)
  }

  push(value: number): void {
    const oldest = this.#values[this.#next] as number
    this.#values[this.#next] = value
    this.#next = this.#next + 1 === this.size ? 0 : this.#next + 1
    if (this.#count < this.size) this.#grow(value)
    else this.#slide(value, oldest)
    if (this.#next === 0) this.#anew()
  }

  #grow(value: number): void {
    this.#count++
    const difference = value - this.#mean
    this.#mean += difference / this.#count
    this.#squares += difference * (value - this.#mean)
  }

  #slide(value: number, oldest: number): void {
    const before = this.#mean
    this.#mean += (value - oldest) / this.#count
    const squares = this.#squares
    this.#squares += (value - oldest) * (value - this.#mean + (oldest - before))
    if (this.#squares < squares * LOST_PRECISION) this.#anew()
  }

  #anew(): void {
    let sum = 0
    for (let i = 0; i < this.#count; i++) sum += this.#values[i] as number
    const mean = sum / this.#count
    let squares = 0
    for (let i = 0; i < this.#count; i++) squares += ((this.#values[i] as number) - mean) ** 2
    this.#mean = mean
    this.#squares = squares
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return {
      size: this.size,
      values: Array.from(this.#values.subarray(0, this.#count)),
      next: this.#next,
      mean: this.#mean,
      squares: this.#squares,
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): RollingMoments {
    const reader = new StateReader(state, 'rolling moments')
    const moments = new RollingMoments(reader.integer('size', 1, LARGEST_WINDOW))
    const values = reader.numbers('values', 0, moments.size)
    moments.#values.set(values)
    moments.#count = values.length
    moments.#next = reader.integer('next', 0, moments.size - 1)
    if (moments.#count < moments.size && moments.#next !== moments.#count)
      throw reader.fault('next', `it is ${moments.#next} after ${moments.#count} numbers`)
    moments.#mean = reader.number('mean')
    moments.#squares = reader.number('squares')
    return moments
  }
}
