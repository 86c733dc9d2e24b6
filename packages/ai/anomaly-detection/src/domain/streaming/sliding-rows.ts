import type { StateReader } from './state-reader.ts'

/** The last samples of a stream, each in a slot of its own: a new one takes the slot of the oldest. */
export class SlidingRows {
  readonly size: number
  readonly columns: number
  /** Shape (size, columns), by slot; slots from `count` on are not yet used. */
  readonly data: Float64Array
  #count = 0
  #next = 0

  constructor(size: number, columns: number) {
    this.size = size
    this.columns = columns
    this.data = new Float64Array(size * columns)
  }

  /** How many slots are used, from 0 to `size`. */
  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count === this.size
  }

  /** The slot that the next sample will take: when full, that of the oldest. */
  get nextSlot(): number {
    return this.#next
  }

  /** @returns the slot that it took */
  add(sample: Float64Array): number {
    const slot = this.#next
    this.data.set(sample, slot * this.columns)
    this.#next = slot + 1 === this.size ? 0 : slot + 1
    if (this.#count < this.size) this.#count++
    return slot
  }

  clear(): void {
    this.#count = 0
    this.#next = 0
  }

  /** Shape (count, columns): a copy, oldest first. */
  inOrder(): Float64Array {
    const used = this.#count * this.columns
    const ordered = new Float64Array(used)
    const split = this.isFull ? this.#next * this.columns : 0
    ordered.set(this.data.subarray(split, used))
    ordered.set(this.data.subarray(0, split), used - split)
    return ordered
  }

  /** Fields for a state: `rows`, by slot, and `next`. */
  toState(): { readonly rows: ReadonlyArray<number>; readonly next: number } {
    return { rows: Array.from(this.data.subarray(0, this.#count * this.columns)), next: this.#next }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, size: number, columns: number): SlidingRows {
    const window = new SlidingRows(size, columns)
    const rows = state.numbers('rows', 0, size * columns)
    if (rows.length % columns !== 0) throw state.fault('rows', `it is not made of rows of ${columns}`)
    window.data.set(rows)
    window.#count = rows.length / columns
    window.#next = window.isFull
      ? state.integer('next', 0, size - 1)
      : state.integer('next', window.#count, window.#count)
    return window
  }
}
