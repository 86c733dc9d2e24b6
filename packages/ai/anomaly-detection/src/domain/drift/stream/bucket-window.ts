/**
 * A window over a stream as an exponential histogram: the sums of runs of 1, 2, 4, ... values, at most a few of each length, in
 * O(log n) memory. Source: A. Bifet, R. Gavaldà (2007), section 4, after M. Datar et al. (2002).
 */

const LEVELS = 50 // runs of 2^49 values

/** Its runs as plain data: a level each, of runs of 2^level values, oldest first. */
export interface BucketWindowState {
  readonly total: number
  readonly squares: number
  readonly sums: ReadonlyArray<ReadonlyArray<number>>
  readonly spreads: ReadonlyArray<ReadonlyArray<number>>
}

/** The values that ADWIN still holds to be of one distribution. */
export class BucketWindow {
  readonly #maxBuckets: number
  readonly #stride: number
  /** Level by level, oldest first. */
  readonly #sums: Float64Array
  /** Sums of squared deviations from each run's own mean. */
  readonly #spreads: Float64Array
  readonly #counts = new Int32Array(LEVELS)
  #levels = 1
  #size = 0
  #total = 0
  #spread = 0

  constructor(maxBuckets: number) {
    this.#maxBuckets = maxBuckets
    this.#stride = maxBuckets + 1
    this.#sums = new Float64Array(LEVELS * this.#stride)
    this.#spreads = new Float64Array(LEVELS * this.#stride)
  }

  static fromJSON(maxBuckets: number, { total, squares, sums, spreads }: BucketWindowState): BucketWindow {
    const made = new BucketWindow(maxBuckets)
    sums.forEach((runs, level) => {
      made.#sums.set(runs, level * made.#stride)
      made.#spreads.set(spreads[level] ?? [], level * made.#stride)
      made.#counts[level] = runs.length
      made.#size += runs.length * 2 ** level
    })
    made.#levels = Math.max(1, sums.length)
    made.#total = total
    made.#spread = squares
    return made
  }

  /** Values in the window. */
  get size(): number {
    return this.#size
  }

  /** Their sum. */
  get total(): number {
    return this.#total
  }

  /** Their population variance; 0 where there is none. */
  get variance(): number {
    return this.#size === 0 ? 0 : Math.max(0, this.#spread / this.#size)
  }

  /** How many runs it keeps. */
  get buckets(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0)
  }

  add(value: number): void {
    if (this.#size > 0) {
      const off = value - this.#total / this.#size
      this.#spread += (this.#size * off * off) / (this.#size + 1)
    }
    this.#size++
    this.#total += value
    this.#push(0, value, 0)
  }

  /**
   * Walks from the oldest run on until `isSplit` says of the values before a boundary, `count` of them with this sum, that they
   * differ from the rest.
   */
  hasSplit(isSplit: (count: number, sum: number) => boolean): boolean {
    let count = 0
    let sum = 0
    for (let level = this.#levels - 1; level >= 0; level--) {
      const from = level * this.#stride
      const to = from + (this.#counts[level] as number)
      const length = 2 ** level
      for (let at = from; at < to; at++) {
        count += length
        sum += this.#sums[at] as number
        if (isSplit(count, sum)) return true
      }
    }
    return false
  }

  /** Forgets the oldest run; the sums are made anew, so that what a huge value has rounded away comes back. */
  dropOldest(): void {
    const level = this.#levels - 1
    this.#shift(level, 1)
    this.#size -= 2 ** level
    while (this.#levels > 1 && this.#counts[this.#levels - 1] === 0) this.#levels--
    this.#total = 0
    this.#spread = 0
    let count = 0
    this.#forEachRun((length, sum, spread) => {
      const off = count === 0 ? 0 : sum / length - this.#total / count
      this.#spread += spread + (count * length * off * off) / (count + length)
      this.#total += sum
      count += length
    })
  }

  toJSON(): BucketWindowState {
    const levels = Array.from({ length: this.#levels }, (_, level) => level)
    const rowsOf = (all: Float64Array): number[][] =>
      levels.map((level) => [
        ...all.subarray(level * this.#stride, level * this.#stride + (this.#counts[level] as number)),
      ])
    return { total: this.#total, squares: this.#spread, sums: rowsOf(this.#sums), spreads: rowsOf(this.#spreads) }
  }

  #push(level: number, sum: number, spread: number): void {
    const count = this.#counts[level] as number
    const at = level * this.#stride + count
    this.#sums[at] = sum
    this.#spreads[at] = spread
    this.#counts[level] = count + 1
    if (level >= this.#levels) this.#levels = level + 1
    if (count + 1 > this.#maxBuckets) this.#join(level)
  }

  // The two oldest runs of a level become one of the next.
  #join(level: number): void {
    const at = level * this.#stride
    const length = 2 ** level
    const first = this.#sums[at] as number
    const second = this.#sums[at + 1] as number
    const off = first / length - second / length
    const spread = (this.#spreads[at] as number) + (this.#spreads[at + 1] as number) + (length * off * off) / 2
    this.#shift(level, 2)
    this.#push(level + 1, first + second, spread)
  }

  #shift(level: number, by: number): void {
    const from = level * this.#stride
    const left = (this.#counts[level] as number) - by
    for (let at = from; at < from + left; at++) {
      this.#sums[at] = this.#sums[at + by] as number
      this.#spreads[at] = this.#spreads[at + by] as number
    }
    this.#counts[level] = left
  }

  #forEachRun(visit: (length: number, sum: number, spread: number) => void): void {
    for (let level = this.#levels - 1; level >= 0; level--) {
      const from = level * this.#stride
      for (let at = from; at < from + (this.#counts[level] as number); at++) {
        visit(2 ** level, this.#sums[at] as number, this.#spreads[at] as number)
      }
    }
  }
}
