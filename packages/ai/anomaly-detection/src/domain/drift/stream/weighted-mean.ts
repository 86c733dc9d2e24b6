/** An exponentially weighted mean, and the sum of the squares of its weights that McDiarmid's bound needs. */
export interface WeightedMeanState {
  readonly count: number
  readonly value: number
  readonly squares: number
}

/** What HDDM-W keeps of a stretch of values. */
export class WeightedMean {
  #count = 0
  #value = 0
  #squares = 1

  static fromJSON({ count, value, squares }: WeightedMeanState): WeightedMean {
    const made = new WeightedMean()
    made.#count = count
    made.#value = value
    made.#squares = squares
    return made
  }

  get count(): number {
    return this.#count
  }

  get value(): number {
    return this.#value
  }

  get squares(): number {
    return this.#squares
  }

  add(value: number, lambda: number): void {
    this.#value = this.#count === 0 ? value : lambda * value + (1 - lambda) * this.#value
    this.#squares = lambda * lambda + (1 - lambda) * (1 - lambda) * this.#squares
    this.#count++
  }

  copyFrom(other: WeightedMean): void {
    this.#count = other.#count
    this.#value = other.#value
    this.#squares = other.#squares
  }

  clear(): void {
    this.#count = 0
    this.#value = 0
    this.#squares = 1
  }

  toJSON(): WeightedMeanState {
    return { count: this.#count, value: this.#value, squares: this.#squares }
  }
}
