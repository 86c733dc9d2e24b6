import type { StateReader } from './state-reader.ts'

/**
 * Two windows of samples: the last whole one, which new samples are judged by, and the one that is being filled. When it is
 * full it becomes the former. Source: S. C. Tan, K. M. Ting, F. T. Liu (2011), Fast Anomaly Detection for Streaming Data, section 3.
 */
export class AlternatingWindows {
  readonly size: number
  readonly columns: number
  #reference: Float64Array
  #latest: Float64Array
  #filled = 0
  #hasReference = false

  constructor(size: number, columns: number) {
    this.size = size
    this.columns = columns
    this.#reference = new Float64Array(size * columns)
    this.#latest = new Float64Array(size * columns)
  }

  /** Shape (size, columns); zeros before the first window is full. Overwritten two windows later. */
  get reference(): Float64Array {
    return this.#reference
  }

  /** Shape (size, columns), of which `filled` rows are there. */
  get latest(): Float64Array {
    return this.#latest
  }

  /** From 0 to `size` - 1. */
  get filled(): number {
    return this.#filled
  }

  get hasReference(): boolean {
    return this.#hasReference
  }

  /** @returns whether the sample filled the window, which has just become the reference */
  add(sample: Float64Array): boolean {
    this.#latest.set(sample, this.#filled * this.columns)
    this.#filled++
    if (this.#filled < this.size) return false
    const emptied = this.#reference
    this.#reference = this.#latest
    this.#latest = emptied
    this.#filled = 0
    this.#hasReference = true
    return true
  }

  /** Fields for a state: `reference` and `latest`. */
  toState(): { readonly reference: ReadonlyArray<number>; readonly latest: ReadonlyArray<number> } {
    return {
      reference: this.#hasReference ? Array.from(this.#reference) : [],
      latest: Array.from(this.#latest.subarray(0, this.#filled * this.columns)),
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, size: number, columns: number): AlternatingWindows {
    const windows = new AlternatingWindows(size, columns)
    const reference = state.numbers('reference', 0, size * columns)
    const latest = state.numbers('latest', 0, (size - 1) * columns)
    if (reference.length !== 0 && reference.length !== size * columns)
      throw state.fault('reference', `it has ${reference.length} numbers, not ${size} rows of ${columns}`)
    if (latest.length % columns !== 0) throw state.fault('latest', `it is not made of rows of ${columns}`)
    windows.#hasReference = reference.length > 0
    windows.#reference.set(reference)
    windows.#latest.set(latest)
    windows.#filled = latest.length / columns
    return windows
  }
}
