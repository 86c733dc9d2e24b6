/** The mean and spread that a control chart holds values against: given, or learned from the first of them. */

/** What is given of it. */
export interface ChartBaselineParameters {
  /** The mean in control; null: that of the first `warmUp` values, and after an alarm of the next ones. */
  readonly mean: number | null
  /** The standard deviation in control, > 0; null: learned with the mean. Given where the mean is, and only there. */
  readonly sd: number | null
  /** Values to learn from, >= 2. */
  readonly warmUp: number
}

/** What has been learned of it. */
export interface ChartBaselineState {
  readonly count: number
  readonly mean: number
  readonly m2: number
}

/** Learns where it is not given. */
export class ChartBaseline {
  readonly #given: boolean
  readonly #warmUp: number
  #count = 0
  #mean = 0
  #m2 = 0
  #sd = 1

  constructor({ mean, sd, warmUp }: ChartBaselineParameters) {
    this.#given = mean !== null
    this.#mean = mean ?? 0
    this.#sd = sd ?? 1
    this.#warmUp = warmUp
  }

  static fromJSON(parameters: ChartBaselineParameters, { count, mean, m2 }: ChartBaselineState): ChartBaseline {
    const made = new ChartBaseline(parameters)
    if (made.#given) return made
    made.#count = count
    made.#mean = mean
    made.#m2 = m2
    made.#settle()
    return made
  }

  get isLearned(): boolean {
    return !this.#given
  }

  get isReady(): boolean {
    return this.#given || this.#count >= this.#warmUp
  }

  get mean(): number {
    return this.#mean
  }

  /** Above 0; of values that are all equal the least number, so that any other is far away. */
  get sd(): number {
    return this.#sd
  }

  learn(value: number): void {
    this.#count++
    const off = value - this.#mean
    this.#mean += off / this.#count
    this.#m2 += off * (value - this.#mean)
    this.#settle()
  }

  /** Learns anew; what is given stays. */
  restart(): void {
    if (this.#given) return
    this.#count = 0
    this.#mean = 0
    this.#m2 = 0
  }

  #settle(): void {
    if (this.#count < 2) return
    this.#sd = Math.max(Math.sqrt(this.#m2 / (this.#count - 1)), Math.abs(this.#mean) * 1e-12, 1e-150)
  }

  toJSON(): ChartBaselineState {
    return { count: this.#count, mean: this.#mean, m2: this.#m2 }
  }
}
