/**
 * Order statistics of the last numbers: the window is kept sorted. A number takes two binary searches, and one move of the
 * memory between the places of the oldest and the newest, which up to some 100,000 numbers is quicker than any tree; median,
 * quantiles and the median deviation are then read off in O(log n).
 */
import { betweenRanks } from '../../numeric/order-statistic.ts'
import { StateReader } from '../state-reader.ts'

const LARGEST_WINDOW = 2 ** 24

/** The last numbers and their order. */
export class RollingOrder {
  readonly size: number
  readonly #values: Float64Array
  readonly #sorted: Float64Array
  #count = 0
  #next = 0

  /** @param size - numbers in a full window, from 1 */
  constructor(size: number) {
    this.size = size
    this.#values = new Float64Array(size)
    this.#sorted = new Float64Array(size)
  }

  /** From 0 to `size`. */
  get count(): number {
    return this.#count
  }

  push(value: number): void {
    if (this.#count < this.size) {
      const to = this.#rankOf(value)
      this.#sorted.copyWithin(to + 1, to, this.#count)
      this.#sorted[to] = value
      this.#count++
    } else {
      this.#replace(this.#values[this.#next] as number, value)
    }
    this.#values[this.#next] = value
    this.#next = this.#next + 1 === this.size ? 0 : this.#next + 1
  }

  /** The number of this rank, from 0 for the least to `count` - 1. */
  at(rank: number): number {
    return this.#sorted[rank] as number
  }

  /** How many of the numbers are less. */
  countBelow(value: number): number {
    return this.#rankOf(value)
  }

  /** The q-quantile by linear interpolation (numpy's default), q in [0, 1]; 0 before the first number. */
  quantile(q: number): number {
    if (this.#count === 0) return 0
    const position = q * (this.#count - 1)
    const index = Math.floor(position)
    const lower = this.#sorted[index] as number
    return betweenRanks(lower, this.#sorted[Math.min(index + 1, this.#count - 1)] as number, position - index)
  }

  get median(): number {
    return this.quantile(0.5)
  }

  /** The median of the distances from the median, unscaled; 0 before the first number. */
  get medianDeviation(): number {
    if (this.#count === 0) return 0
    const center = this.median
    const upper = this.#distance(center, this.#count >> 1)
    return this.#count % 2 === 1 ? upper : (this.#distance(center, (this.#count >> 1) - 1) + upper) / 2
  }

  // The (rank + 1)-th least distance: the nearest rank + 1 numbers stand side by side, so one search finds where they begin.
  #distance(center: number, rank: number): number {
    const sorted = this.#sorted
    let low = 0
    let high = this.#count - 1 - rank
    while (low < high) {
      const middle = (low + high) >> 1
      if (center - (sorted[middle] as number) > (sorted[middle + rank + 1] as number) - center) low = middle + 1
      else high = middle
    }
    return Math.max(center - (sorted[low] as number), (sorted[low + rank] as number) - center)
  }

  #replace(oldest: number, value: number): void {
    const from = this.#rankOf(oldest)
    const rank = this.#rankOf(value)
    if (rank > from) {
      this.#sorted.copyWithin(from, from + 1, rank)
      this.#sorted[rank - 1] = value
    } else {
      this.#sorted.copyWithin(rank + 1, rank, from)
      this.#sorted[rank] = value
    }
  }

  #rankOf(value: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] as number) < value) low = middle + 1
      else high = middle
    }
    return low
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return { size: this.size, values: Array.from(this.#values.subarray(0, this.#count)), next: this.#next }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromJSON(state: unknown): RollingOrder {
    const reader = new StateReader(state, 'rolling order')
    const order = new RollingOrder(reader.integer('size', 1, LARGEST_WINDOW))
    const values = reader.numbers('values', 0, order.size)
    order.#count = values.length
    order.#next = reader.integer('next', 0, order.size - 1)
    if (order.#count < order.size && order.#next !== order.#count)
      throw reader.fault('next', `it is ${order.#next} after ${order.#count} numbers`)
    order.#values.set(values)
    order.#sorted.set(values.sort())
    return order
  }
}
