/** The least and the largest number of each column so far, as plain data; null before there is one. */
export interface SeenRangeState {
  readonly low: ReadonlyArray<number | null>
  readonly high: ReadonlyArray<number | null>
}

/**
 * The range that a stream has kept to. Source: the detectors of Numenta for NAB (`spatial anomaly`): what lies outside of
 * the range seen so far by more than a share of its width is news, whatever the distribution.
 */
export class SeenRange {
  readonly #low: Float64Array
  readonly #high: Float64Array
  readonly #tolerance: number

  /** @param tolerance - share of the width, >= 0 */
  constructor(columns: number, tolerance: number, from?: SeenRangeState) {
    this.#low = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
    this.#high = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
    this.#tolerance = tolerance
    for (const [column, value] of (from?.low ?? []).entries()) if (value !== null) this.#low[column] = value
    for (const [column, value] of (from?.high ?? []).entries()) if (value !== null) this.#high[column] = value
  }

  /** Whether a number of the sample lies beyond; never where all numbers so far were equal. NaN lies nowhere. */
  isBeyond(sample: Float64Array): boolean {
    for (let column = 0; column < sample.length; column++) {
      const value = sample[column] ?? 0
      const low = this.#low[column] ?? 0
      const high = this.#high[column] ?? 0
      const margin = (high - low) * this.#tolerance
      if (low < high && (value < low - margin || value > high + margin)) return true
    }
    return false
  }

  learn(sample: Float64Array): void {
    for (let column = 0; column < sample.length; column++) {
      const value = sample[column] ?? 0
      if (value < (this.#low[column] ?? 0)) this.#low[column] = value
      if (value > (this.#high[column] ?? 0)) this.#high[column] = value
    }
  }

  toJSON(): SeenRangeState {
    const known = (bounds: Float64Array): ReadonlyArray<number | null> =>
      Array.from(bounds, (bound) => (Number.isFinite(bound) ? bound : null))
    return { low: known(this.#low), high: known(this.#high) }
  }
}
