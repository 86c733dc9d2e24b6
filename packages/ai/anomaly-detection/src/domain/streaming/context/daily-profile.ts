/**
 * What is usual at each time of day: mean and variance of a stream in so many parts of the day, the newer days counting
 * more. Source of the update: D. West (1979), Updating Mean and Variance Estimates, with weights that fall exponentially.
 */

const DAY_MS = 86_400_000
const MEMORY = 100 // samples of a part of the day that count: an older one by e^-(age / 100)
const FEWEST = 8 // samples of a part of the day before it judges
const LEAST_SD = 3e-5 // of the mean: a constant has no scale of its own
const FARTHEST_DEVIATION = 100 // standard deviations

/** Parts of the day as plain data, each shape (parts * columns). */
export interface DailyProfileState {
  readonly counts: ReadonlyArray<number>
  readonly means: ReadonlyArray<number>
  readonly variances: ReadonlyArray<number>
}

/** Samples may hold NaN for what is not known. Times are epoch milliseconds; parts of the day begin at midnight UTC. */
export class DailyProfile {
  readonly #columns: number
  readonly #parts: number
  readonly #counts: Float64Array
  readonly #means: Float64Array
  readonly #variances: Float64Array

  constructor(columns: number, parts: number, from?: DailyProfileState) {
    this.#columns = columns
    this.#parts = parts
    this.#counts = new Float64Array(parts * columns)
    this.#means = new Float64Array(parts * columns)
    this.#variances = new Float64Array(parts * columns)
    this.#counts.set(from?.counts ?? [])
    this.#means.set(from?.means ?? [])
    this.#variances.set(from?.variances ?? [])
  }

  /**
   * How far a sample is from what is usual at this time.
   * @returns in [0, 100], standard deviations, of the number that is farthest; NaN where too little is known of all
   */
  deviation(sample: Float64Array, time: number): number {
    let farthest = Number.NaN
    const from = this.#placeOf(time)
    if (from === -1) return farthest
    for (let column = 0; column < this.#columns; column++) {
      const at = from + column
      const mean = this.#means[at] ?? 0
      const distance = Math.abs((sample[column] ?? 0) - mean)
      if ((this.#counts[at] ?? 0) < FEWEST || Number.isNaN(distance)) continue
      const sd = Math.max(Math.sqrt(this.#variances[at] ?? 0), LEAST_SD * Math.abs(mean))
      const deviation = distance === 0 ? 0 : Math.min(distance / sd, FARTHEST_DEVIATION)
      if (!(deviation <= farthest)) farthest = deviation
    }
    return farthest
  }

  /** The usual number of a column at this time; NaN where too little is known. */
  usual(column: number, time: number): number {
    const at = this.#placeOf(time) + column
    return at >= column && (this.#counts[at] ?? 0) >= FEWEST ? (this.#means[at] ?? 0) : Number.NaN
  }

  learn(sample: Float64Array, time: number): void {
    const from = this.#placeOf(time)
    if (from === -1) return
    for (let column = 0; column < this.#columns; column++) {
      const at = from + column
      const value = sample[column] ?? 0
      if (Number.isNaN(value)) continue
      const count = (this.#counts[at] ?? 0) + 1
      const weight = Math.max(1 / MEMORY, 1 / count)
      const distance = value - (this.#means[at] ?? 0)
      this.#counts[at] = Math.min(count, MEMORY)
      this.#means[at] = (this.#means[at] ?? 0) + weight * distance
      this.#variances[at] = (1 - weight) * ((this.#variances[at] ?? 0) + weight * distance * distance)
    }
  }

  toJSON(): DailyProfileState {
    return { counts: [...this.#counts], means: [...this.#means], variances: [...this.#variances] }
  }

  #placeOf(time: number): number {
    if (Number.isNaN(time)) return -1
    const sinceMidnight = ((time % DAY_MS) + DAY_MS) % DAY_MS
    return Math.floor((sinceMidnight / DAY_MS) * this.#parts) * this.#columns
  }
}
