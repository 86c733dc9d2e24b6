import type { ColumnEncoding, EncodingMethod } from '../domain/column-encoding.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { TableBatch } from './ports/table-reader.ts'

const MISSING = -1
const UNSEEN = -2

/** Collects a column's categories batch by batch, as codes into a dictionary. */
export class CategoryColumn {
  readonly #column: string
  readonly #method: EncodingMethod
  readonly #codes = new Map<string, number>()
  readonly #batches: Int32Array[] = []
  readonly #isFixed: boolean

  constructor(column: string, method: EncodingMethod, categories?: ReadonlyArray<string>) {
    this.#column = column
    this.#method = method
    this.#isFixed = categories !== undefined
    categories?.forEach((category, code) => this.#codes.set(category, code))
  }

  /** One that knows its categories: a one-hot column gives an unseen one 0 throughout, an ordinal column refuses it. */
  static from({ column, method, categories }: ColumnEncoding): CategoryColumn {
    return new CategoryColumn(column, method, categories)
  }

  /** @param firstRow - the table's row at which the batch begins */
  add(batch: TableBatch, index: number, firstRow: number): void {
    const column = batch.columns[index]
    const codes = new Int32Array(batch.rows)
    for (let row = 0; row < batch.rows; row++) {
      const value = column?.values[row]
      const isMissing = value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))
      codes[row] = isMissing ? MISSING : this.#codeOf(String(value), firstRow + row)
    }
    this.#batches.push(codes)
  }

  /** The encoding, its categories in ascending order, and the code of each row in that order; NaN is missing. */
  finish(): { readonly encoding: ColumnEncoding; readonly values: Float64Array } {
    const seen = [...this.#codes.keys()]
    const categories = this.#isFixed ? seen : seen.toSorted(byCodeUnit)
    const place = new Map(categories.map((category, code) => [this.#codes.get(category) ?? MISSING, code]))
    const values = new Float64Array(this.#batches.reduce((sum, batch) => sum + batch.length, 0))
    let at = 0
    for (const batch of this.#batches) {
      for (const code of batch) values[at++] = code === MISSING ? Number.NaN : (place.get(code) ?? UNSEEN)
    }
    return { encoding: { column: this.#column, method: this.#method, categories }, values }
  }

  #codeOf(value: string, row: number): number {
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    if (this.#isFixed && this.#method === 'onehot') return UNSEEN
    if (this.#isFixed) {
      throw new AnomalyDetectionError(
        'anomaly-detection/unknown-category',
        `row ${row}, column '${this.#column}' holds a category that the model has never seen`,
        { row, column: this.#column },
      )
    }
    this.#codes.set(value, this.#codes.size)
    return this.#codes.size - 1
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
