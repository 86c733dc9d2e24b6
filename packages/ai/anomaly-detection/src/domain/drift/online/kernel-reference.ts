import type { Matrix } from '../../matrix.ts'
import { rowSums, squaredDistance, squaredDistances } from '../two-sample/gaussian-kernel.ts'
import { drawFirst } from '../two-sample/shuffled-labels.ts'

/** The rows that others are held against, apart from some that are set aside to begin a window with. */
export class KernelReference {
  readonly #rows: Matrix
  readonly #gamma: number
  /** Of the kernel of each row with all. */
  readonly #sums: Float64Array
  readonly #all: number
  readonly #isAside: Uint8Array
  #aside: Int32Array = new Int32Array(0)
  #within = 0

  /** @param kernel - of the rows with themselves, where it is known; shape (rows, rows) */
  constructor(rows: Matrix, gamma: number, kernel: Float64Array = kernelOf(rows, gamma)) {
    this.#rows = rows
    this.#gamma = gamma
    this.#sums = rowSums(kernel, rows.rows)
    this.#all = this.#sums.reduce((sum, value) => sum + value, 0)
    this.#isAside = new Uint8Array(rows.rows)
  }

  /** The rows set aside. */
  get aside(): Int32Array {
    return this.#aside
  }

  /** How many rows are not. */
  get size(): number {
    return this.#rows.rows - this.#aside.length
  }

  /** The mean of the kernel over all pairs of them. */
  get within(): number {
    return this.#within
  }

  /** Sets other rows aside. */
  setAside(aside: Int32Array): void {
    const { data, columns } = this.#rows
    this.#aside = aside
    this.#isAside.fill(0)
    for (const row of aside) this.#isAside[row] = 1
    let ofAside = 0
    let among = 0
    for (const i of aside) {
      ofAside += this.#sums[i] as number
      for (const j of aside) among += this.#kernel(data, i * columns, j)
    }
    const n = this.size
    this.#within = (this.#all - 2 * ofAside + among - n) / (n * (n - 1))
  }

  /** Sets `size` rows aside that chance has chosen. */
  dealAside(size: number, random: () => number): void {
    const order = Int32Array.from({ length: this.#rows.rows }, (_, row) => row)
    drawFirst(order, size, random)
    this.setAside(order.slice(0, size))
  }

  /** The first `count` of the rows set aside, flat. */
  firstAside(count: number): Float64Array {
    const { data, columns } = this.#rows
    const first = new Float64Array(count * columns)
    for (let at = 0; at < count; at++) {
      const row = this.#aside[at] as number
      first.set(data.subarray(row * columns, (row + 1) * columns), at * columns)
    }
    return first
  }

  /** The sum of the kernel of a row, which begins at `from`, with all rows that are not set aside. */
  sumWith(values: Float64Array, from: number): number {
    let sum = 0
    for (let row = 0; row < this.#rows.rows; row++) {
      if (this.#isAside[row] === 0) sum += this.#kernel(values, from, row)
    }
    return sum
  }

  #kernel(values: Float64Array, from: number, row: number): number {
    const { data, columns } = this.#rows
    return Math.exp(-this.#gamma * squaredDistance(values, from, data, row * columns, columns))
  }
}

// Of the rows with themselves; shape (rows, rows).
function kernelOf(rows: Matrix, gamma: number): Float64Array {
  return squaredDistances(rows).map((square) => Math.exp(-gamma * square))
}
