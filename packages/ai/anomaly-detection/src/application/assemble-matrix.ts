import { type ColumnEncoding, encodedFeatures } from '../domain/column-encoding.ts'
import type { Matrix } from '../domain/matrix.ts'
import type { CategoryColumn } from './category-column.ts'

/** A column's part in the matrix: its numbers as they are, or what its categories are encoded as. */
export type ColumnRole =
  | { readonly kind: 'number'; readonly column: number }
  | { readonly kind: 'category'; readonly column: number; readonly categories: CategoryColumn }

/** A matrix with the names of its columns and how the text among them was encoded. */
export interface AssembledMatrix {
  readonly matrix: Matrix
  readonly features: ReadonlyArray<string>
  readonly encodings: ReadonlyArray<ColumnEncoding>
}

/**
 * Puts the blocks of number columns and the encoded text columns together, in the order of the roles.
 * @param blocks - row-major blocks of the number columns, in order; emptied on the way, so that they can be freed
 * @param allocate - makes the matrix's values, all 0
 */
export function assembleMatrix(
  roles: ReadonlyArray<ColumnRole>,
  names: ReadonlyArray<string>,
  blocks: Float64Array[],
  rows: number,
  allocate: (length: number) => Float64Array,
): AssembledMatrix {
  const parts = roles.map((role) => {
    if (role.kind === 'number') return { features: [names[role.column] ?? ''], encoded: undefined }
    const encoded = role.categories.finish()
    return { features: encodedFeatures(encoded.encoding), encoded }
  })
  const features = parts.flatMap((part) => part.features)
  const encodings = parts.flatMap((part) => (part.encoded === undefined ? [] : [part.encoded.encoding]))
  const columns = features.length
  const data = allocate(rows * columns)
  const numbersTo: number[] = []
  let to = 0
  for (const { features: made, encoded } of parts) {
    if (encoded === undefined) numbersTo.push(to)
    else placeCategories(encoded.encoding, encoded.values, data, columns, to)
    to += made.length
  }
  placeNumbers(blocks, numbersTo, data, columns)
  return { matrix: { data, rows, columns }, features, encodings }
}

function placeNumbers(blocks: Float64Array[], to: ReadonlyArray<number>, data: Float64Array, columns: number): void {
  let start = 0
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    if (to.length === columns) data.set(block, start)
    else
      for (let at = 0, i = 0; i < block.length; at += columns)
        for (const column of to) data[start + at + column] = block[i++] as number
    start += to.length === 0 ? 0 : (block.length / to.length) * columns
    free(block)
  }
}

// Gives the memory back at once: the collector hardly sees it and would keep both copies of the data for a while.
function free(block: Float64Array): void {
  if (block.buffer instanceof ArrayBuffer) block.buffer.transfer(0)
}

function placeCategories(
  { method, categories }: ColumnEncoding,
  codes: Float64Array,
  data: Float64Array,
  columns: number,
  to: number,
): void {
  codes.forEach((code, row) => {
    const at = row * columns + to
    if (method === 'ordinal') data[at] = code
    else if (Number.isNaN(code)) data.fill(Number.NaN, at, at + categories.length)
    else if (code >= 0) data[at + code] = 1
  })
}
