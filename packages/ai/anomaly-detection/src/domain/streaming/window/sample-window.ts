/** The newest samples of a stream, in one block of memory that never grows. */
export class SampleWindow {
  readonly #capacity: number
  readonly #columns: number
  readonly #values: Float64Array
  readonly #places: Float64Array
  #size = 0
  #next = 0 // slot that is written next

  /** @param capacity - the most samples kept, >= 1 */
  constructor(capacity: number, columns: number) {
    this.#capacity = capacity
    this.#columns = columns
    this.#values = new Float64Array(capacity * columns)
    this.#places = new Float64Array(capacity)
  }

  /** Samples kept now. */
  get size(): number {
    return this.#size
  }

  /** Numbers a sample. */
  get columns(): number {
    return this.#columns
  }

  /** Keeps a copy; the oldest one gives way. @param place - where in the stream it stands */
  push(sample: ArrayLike<number>, place: number): void {
    const at = this.#next * this.#columns
    for (let i = 0; i < this.#columns; i++) this.#values[at + i] = sample[i] ?? Number.NaN
    this.#places[this.#next] = place
    this.#next = this.#next + 1 === this.#capacity ? 0 : this.#next + 1
    if (this.#size < this.#capacity) this.#size++
  }

  /** A number of a sample, 0 being the oldest kept. */
  value(sample: number, column: number): number {
    return this.#values[this.#slot(sample) * this.#columns + column] ?? Number.NaN
  }

  /** Where in the stream a kept sample stands. */
  place(sample: number): number {
    return this.#places[this.#slot(sample)] ?? Number.NaN
  }

  /** A view of a sample, good until the next `push`. */
  sample(sample: number): Float64Array {
    const at = this.#slot(sample) * this.#columns
    return this.#values.subarray(at, at + this.#columns)
  }

  /** Forgets all but the newest. */
  keepNewest(count: number): void {
    this.#size = Math.min(this.#size, Math.max(0, count))
  }

  #slot(sample: number): number {
    return (this.#next - this.#size + sample + this.#capacity) % this.#capacity
  }

  /** The samples kept, the oldest first; NaN as null. */
  toJSON(): SampleWindowState {
    const values: Array<number | null> = []
    const places: number[] = []
    for (let i = 0; i < this.#size; i++) {
      places.push(this.place(i))
      for (const value of this.sample(i)) values.push(Number.isNaN(value) ? null : value)
    }
    return { capacity: this.#capacity, columns: this.#columns, places, values }
  }

  /** A window that goes on from its `toJSON()`, which has been checked. */
  static fromJSON({ capacity, columns, places, values }: SampleWindowState): SampleWindow {
    const window = new SampleWindow(capacity, columns)
    const sample = new Float64Array(columns)
    for (const [i, place] of places.entries()) {
      for (let column = 0; column < columns; column++) sample[column] = values[i * columns + column] ?? Number.NaN
      window.push(sample, place)
    }
    return window
  }
}

/** A window as JSON data. */
export interface SampleWindowState {
  readonly capacity: number
  readonly columns: number
  /** Shape (n), n <= capacity. */
  readonly places: ReadonlyArray<number>
  /** Shape (n * columns). */
  readonly values: ReadonlyArray<number | null>
}
