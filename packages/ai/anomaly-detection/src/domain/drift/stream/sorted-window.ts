/** Numbers in ascending order, of which some come and go; at most so many. */
export class SortedWindow {
  readonly #values: Float64Array
  #size = 0

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity)
  }

  get size(): number {
    return this.#size
  }

  /** The values there are, ascending; seen until the next change. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#size)
  }

  insert(value: number): void {
    let at = this.#size++
    for (; at > 0 && (this.#values[at - 1] as number) > value; at--) this.#values[at] = this.#values[at - 1] as number
    this.#values[at] = value
  }

  /** @param value - one of those there are */
  remove(value: number): void {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#values[middle] as number) < value) low = middle + 1
      else high = middle
    }
    this.#values.copyWithin(low, low + 1, this.#size)
    this.#size--
  }

  clear(): void {
    this.#size = 0
  }
}
