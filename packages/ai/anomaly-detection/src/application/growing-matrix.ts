/**
 * A matrix that grows as its rows come, in place: nothing is put together at the end, and threads share it without a copy.
 * It stands in growable shared memory, which costs nothing until it is written.
 */
import type { Matrix } from '../domain/matrix.ts'
import type { TableBatch } from './ports/table-reader.ts'

const RESERVED_BYTES = 2 ** 36 // of addresses, not of memory
const STEP_BYTES = 2 ** 25
const ROWS_AT_A_TIME = 512 // stay in the cache while one column after another is written

/** The memory for it; undefined where there is none of this kind. */
export function growableMemory(): SharedArrayBuffer | undefined {
  // pages of other origins see no shared memory, and small machines may refuse so many addresses
  if (typeof SharedArrayBuffer === 'undefined' || !('growable' in SharedArrayBuffer.prototype)) return undefined
  try {
    return new SharedArrayBuffer(0, { maxByteLength: RESERVED_BYTES })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Takes number columns batch by batch. */
export class GrowingMatrix {
  readonly #columns: ReadonlyArray<number>
  readonly #memory: SharedArrayBuffer
  #rows = 0

  /** @param columns - the table's columns, in the matrix's order */
  constructor(columns: ReadonlyArray<number>, memory: SharedArrayBuffer) {
    this.#columns = columns
    this.#memory = memory
  }

  /** @throws RangeError when the memory is used up; TypeError for a column that is none of numbers */
  add(batch: TableBatch): void {
    const width = this.#columns.length
    const end = (this.#rows + batch.rows) * width * Float64Array.BYTES_PER_ELEMENT
    if (end > this.#memory.byteLength) this.#memory.grow(Math.ceil(end / STEP_BYTES) * STEP_BYTES)
    const block = new Float64Array(
      this.#memory,
      this.#rows * width * Float64Array.BYTES_PER_ELEMENT,
      batch.rows * width,
    )
    const sources = this.#columns.map((from) => numbersOf(batch, from))
    for (let first = 0; first < batch.rows; first += ROWS_AT_A_TIME) {
      const last = Math.min(batch.rows, first + ROWS_AT_A_TIME)
      sources.forEach((values, to) => place(values, first, last, block, to, width))
    }
    this.#rows += batch.rows
  }

  /** The matrix, once all rows are there. */
  finish(): Matrix {
    const [rows, columns] = [this.#rows, this.#columns.length]
    return { data: new Float64Array(this.#memory, 0, rows * columns), rows, columns }
  }
}

function place(
  values: Float64Array,
  first: number,
  last: number,
  block: Float64Array,
  to: number,
  width: number,
): void {
  for (let row = first, at = first * width + to; row < last; row++, at += width) block[at] = values[row] as number
}

/** The numbers of a batch's column. @throws TypeError where they are none */
export function numbersOf(batch: TableBatch, column: number): Float64Array {
  const found = batch.columns[column]
  if (found?.kind === 'number') return found.values
  throw new TypeError(`the table's column ${column} changed its kind between batches`)
}
