import { type ArrowTableLike, isArrowTable } from './arrow-like.ts'
import { type Column, columnOf, textOf } from './column.ts'
import { columnsOfArrow } from './columns-of-arrow.ts'
import { columnsOfRows } from './columns-of-rows.ts'
import { DanfoError } from './errors.ts'
import type { DanfoModuleLike } from './frame-like.ts'
import type { FeatureMatrix } from './matrix-from-danfo.ts'
import { type LargeNumbers, largeNumbers } from './number-cell.ts'

/** What becomes a frame: records, an Apache Arrow table, or a matrix (its columns are `column_1`, ... where it names none). */
export type ToDanfoSource =
  | ReadonlyArray<Readonly<Record<string, unknown>>>
  | ArrowTableLike
  | (Omit<FeatureMatrix, 'features'> & { readonly features?: ReadonlyArray<string> })

/** How a frame is made. */
export interface ToDanfoOptions {
  /** What becomes of whole numbers past 2^53 and decimals that no double equals; default `'refuse'`. */
  readonly large?: LargeNumbers
  /** Half the memory and time to make the frame, and slower columns: danfojs' `lowMemoryMode`. */
  readonly lowMemoryMode?: boolean
}

/**
 * A DataFrame, from plain arrays, with dtypes that hold for all values. Missing numbers are NaN, other missing values null; times are
 * ISO 8601 texts in UTC; a mixture of kinds is text.
 * @param dfd - the module danfojs-node or danfojs
 * @throws DanfoError `danfo/not-a-table`, `danfo/duplicate-column`, `danfo/unsupported-value`, `danfo/inexact-number`
 */
export function toDanfo<Frame>(
  dfd: DanfoModuleLike<Frame>,
  source: ToDanfoSource,
  options: ToDanfoOptions = {},
): Frame {
  const columns = columnsOf(source, largeNumbers(options.large))
  const twice = columns.find(({ name }, i) => columns.findIndex((other) => other.name === name) !== i)
  if (twice !== undefined)
    throw new DanfoError('danfo/duplicate-column', `two columns are named '${twice.name}': danfojs holds only one`, {
      column: twice.name,
    })
  const length = columns[0]?.values.length ?? 0
  const plain = columns.map(plainValues)
  const values = Array.from({ length }, (_, row) => plain.map((column) => column[row]))
  const { DataFrame } = dfd as unknown as Called<Frame> // danfojs' own parameters, which are any
  return new DataFrame(values, {
    columns: columns.map(({ name }) => name),
    dtypes: columns.map(dtypeOf),
    config: { lowMemoryMode: options.lowMemoryMode ?? false },
  })
}

interface Called<Frame> {
  readonly DataFrame: new (
    data: ReadonlyArray<ReadonlyArray<unknown>>,
    options: {
      readonly columns: ReadonlyArray<string>
      readonly dtypes: ReadonlyArray<string>
      readonly config: { readonly lowMemoryMode: boolean }
    },
  ) => Frame
}

function columnsOf(source: unknown, large: LargeNumbers): ReadonlyArray<Column> {
  if (Array.isArray(source)) return columnsOfRows(source, large)
  if (isArrowTable(source)) return columnsOfArrow(source, large)
  if (isMatrix(source)) return columnsOfMatrix(source)
  throw new DanfoError('danfo/not-a-table', 'give records, an Apache Arrow table or a matrix { data, rows, columns }')
}

function isMatrix(source: unknown): source is Omit<FeatureMatrix, 'features'> & { features?: ReadonlyArray<string> } {
  return typeof source === 'object' && source !== null && 'data' in source && source.data instanceof Float64Array
}

function columnsOfMatrix(matrix: Omit<FeatureMatrix, 'features'> & { features?: ReadonlyArray<string> }) {
  const { data, rows, columns, features } = matrix
  if (data.length !== rows * columns || (features !== undefined && features.length !== columns))
    throw new DanfoError(
      'danfo/not-a-table',
      `${rows} rows of ${columns} columns need ${rows * columns} values and ${columns} names, not ${data.length} and ${features?.length ?? 0}`,
      { rows, columns, values: data.length },
    )
  return Array.from({ length: columns }, (_, at) => {
    const values = Array.from({ length: rows }, (__, row) => data[row * columns + at] ?? Number.NaN)
    return columnOf(
      features?.[at] ?? `column_${at + 1}`,
      values.map((value) => (Number.isNaN(value) ? null : value)),
    )
  })
}

function plainValues({ kind, values }: Column): ReadonlyArray<number | string | boolean | null> {
  if (kind === 'integer' || kind === 'number')
    return values.map((value) => (value === null ? Number.NaN : Number(value)))
  return values.map((value) => (value === null || typeof value === 'boolean' ? value : textOf(value)))
}

const INT32 = 2 ** 31

function dtypeOf({ kind, values }: Column): string {
  switch (kind) {
    case 'integer':
      return values.every((value) => value !== null && Number(value) < INT32 && Number(value) >= -INT32)
        ? 'int32'
        : 'float32'
    case 'number':
      return 'float32'
    case 'boolean':
      return 'boolean'
    case 'text':
    case 'time':
    case 'mixed':
    case 'empty':
      return 'string'
  }
}
