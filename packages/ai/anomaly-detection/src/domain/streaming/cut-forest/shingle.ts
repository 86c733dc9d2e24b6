/** The last samples of a stream as they stand in its shingle, with what of them was not measured. */
export interface ShingleState {
  readonly values: ReadonlyArray<number>
  /** 1 where a value was filled in. */
  readonly filled: ReadonlyArray<number>
  /** Samples taken in so far. */
  readonly taken: number
}

/**
 * A window of the last samples as one point: `size` samples of `columns` numbers, the oldest first; or, with rotation,
 * each sample in the place of the one that it drives out, so that the others stay where they are.
 */
export class Shingle {
  readonly columns: number
  readonly size: number
  readonly #rotation: boolean
  readonly #values: Float64Array
  readonly #filled: Uint8Array
  #taken: number

  constructor(columns: number, size: number, rotation: boolean, from?: ShingleState) {
    this.columns = columns
    this.size = size
    this.#rotation = rotation
    this.#values = new Float64Array(columns * size)
    this.#filled = new Uint8Array(columns * size)
    this.#values.set(from?.values ?? [])
    this.#filled.set(from?.filled ?? [])
    this.#taken = from?.taken ?? 0
  }

  /** How many samples it has taken in. */
  get taken(): number {
    return this.#taken
  }

  /** Whether one more sample makes it whole. */
  get isNearlyWhole(): boolean {
    return this.#taken >= this.size - 1
  }

  /** How many of its numbers were filled in. */
  get filledCount(): number {
    let count = 0
    for (const one of this.#filled) count += one
    return count
  }

  /** The number of a column that came last; 0 before there is one. */
  last(column: number): number {
    return this.#taken === 0 ? 0 : (this.#values[((this.#taken - 1) % this.size) * this.columns + column] ?? 0)
  }

  /** Where the newest sample begins in a point. */
  get newest(): number {
    return this.#rotation ? (this.#taken % this.size) * this.columns : (this.size - 1) * this.columns
  }

  /** Writes the point that a sample would make, shape (columns * size). */
  compose(sample: Float64Array, point: Float64Array): void {
    const { columns, size } = this
    const oldest = (this.#taken % size) * columns
    if (this.#rotation) point.set(this.#values)
    else {
      const tail = columns * size - oldest - columns // behind the oldest, which goes, to the end of the ring
      for (let k = 0; k < tail; k++) point[k] = this.#values[oldest + columns + k] ?? 0
      for (let k = 0; k < oldest; k++) point[tail + k] = this.#values[k] ?? 0
    }
    const newest = this.newest
    for (let k = 0; k < columns; k++) point[newest + k] = sample[k] ?? 0
  }

  /** Takes in the newest sample of a composed point. @param missing - shape as the point's, 1 where it was filled in */
  take(point: Float64Array, missing: Uint8Array): void {
    const { columns, newest } = this
    const at = (this.#taken % this.size) * columns
    for (let k = 0; k < columns; k++) {
      this.#values[at + k] = point[newest + k] ?? 0
      this.#filled[at + k] = missing[newest + k] ?? 0
    }
    this.#taken++
  }

  toJSON(): ShingleState {
    return { values: [...this.#values], filled: [...this.#filled], taken: this.#taken }
  }
}
