import type { ColumnEncoding, EncodingMethod } from '../domain/column-encoding.ts'
import { datasetOf } from '../domain/dataset-of.ts'
import type { Dataset } from '../domain/dataset.ts'
import { AnomalyDetectionError } from '../domain/errors.ts'
import type { MissingPolicy } from '../domain/missing-values.ts'
import { unknownColumn } from '../domain/unknown-column.ts'
import { assembleMatrix, type ColumnRole } from './assemble-matrix.ts'
import { beforeReading } from './before-reading.ts'
import { CategoryColumn } from './category-column.ts'
import { growableMemory, GrowingMatrix, numbersOf } from './growing-matrix.ts'
import { LabelColumn } from './label-column.ts'
import type { Table, TableBatch } from './ports/table-reader.ts'

/** Which columns of a table to use, and how. */
export interface ReadDatasetOptions {
  /** Columns to use as features, in this order; default every number column but the label. */
  readonly columns?: ReadonlyArray<string> | undefined
  /** A column of labels, kept out of the features: 0 or `normal`, 1 or `anomaly`. */
  readonly label?: string | undefined
  /** Whether rows may lack a label, for learning from a few known ones; default: each needs one. */
  readonly unlabelled?: boolean | undefined
  /** Make numbers of text columns; default: they are left out, and said to be. */
  readonly encode?: EncodingMethod | undefined
  /** Encode these columns just so: what a model was fitted with. Excludes `encode`. */
  readonly encodings?: ReadonlyArray<ColumnEncoding> | undefined
  /** What to do with missing values; default `'reject'`. */
  readonly missing?: MissingPolicy | undefined
  /** Keep the matrix in shared memory, so that a pool of threads works on it without a copy; default false. */
  readonly shared?: boolean | undefined
}

/** A table as a data set. */
export interface TableDataset {
  readonly dataset: Dataset
  /** Where a label column was named: shape (dataset.rows), 1 is an anomaly; 2 a row that lacks a label, where it may. */
  readonly labels: Uint8Array | undefined
  /** Columns that the features were made of, in their order. */
  readonly used: ReadonlyArray<string>
  /** Columns left out because they hold text. */
  readonly ignored: ReadonlyArray<string>
  /** Rows read, before any was dropped. */
  readonly sourceRows: number
}

/**
 * Reads a whole table into a data set. Memory: the matrix, and a batch; without `shared`, or with text to encode, twice the
 * matrix for a moment at the end, when its blocks are put together.
 * @throws AnomalyDetectionError `unknown-column`, `no-numeric-column`, `missing-value` and `non-finite` (with row, column
 *   and line), `invalid-label`, `unknown-category`, `too-many-categories`, `empty-dataset`; what the reader rejects with
 */
export async function readDataset(table: Table, options: ReadDatasetOptions = {}): Promise<TableDataset> {
  const names = table.columns.map(({ name }) => name)
  const { roles, ignored, label } = await beforeReading(table, () => ({
    ...rolesOf(table, names, options),
    label: labelColumnOf(options, names),
  }))
  const numberColumns = roles.filter((role) => role.kind === 'number').map((role) => role.column)
  const memory = options.shared === true && numberColumns.length === roles.length ? growableMemory() : undefined
  const growing = memory === undefined ? undefined : new GrowingMatrix(numberColumns, memory)
  const blocks: Float64Array[] = []
  const starts: Array<{ readonly row: number; readonly batch: Pick<TableBatch, 'lineOf'> }> = []
  let rows = 0
  for await (const batch of table.batches) {
    starts.push({ row: rows, batch: { lineOf: batch.lineOf } })
    if (growing === undefined) blocks.push(interleave(batch, numberColumns))
    else growing.add(batch)
    for (const role of roles) if (role.kind === 'category') role.categories.add(batch, role.column, rows)
    label?.add(batch, rows)
    rows += batch.rows
  }
  const dataset = withLines(starts, () => {
    const { matrix, features, encodings } =
      growing === undefined
        ? assembleMatrix(roles, names, blocks, rows, options.shared === true ? sharedValues : ownValues)
        : { matrix: growing.finish(), features: numberColumns.map((column) => names[column] ?? ''), encodings: [] }
    const read = datasetOf(matrix, { features, missing: options.missing ?? 'reject' })
    return encodings.length === 0 ? read : Object.freeze({ ...read, encodings })
  })
  const used = roles.map(({ column }) => names[column] ?? '')
  return { dataset, labels: label?.labels(dataset.sourceRows), used, ignored, sourceRows: rows }
}

function ownValues(length: number): Float64Array {
  return new Float64Array(length)
}

function sharedValues(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT))
}

function labelColumnOf(
  { label, unlabelled }: ReadDatasetOptions,
  names: ReadonlyArray<string>,
): LabelColumn | undefined {
  return label === undefined ? undefined : new LabelColumn(label, indexOf(label, names), unlabelled)
}

function rolesOf(
  table: Table,
  names: ReadonlyArray<string>,
  { columns, label, encode, encodings }: ReadDatasetOptions,
): { readonly roles: ReadonlyArray<ColumnRole>; readonly ignored: ReadonlyArray<string> } {
  const wanted = (columns ?? names).map((name) => indexOf(name, names)).filter((column) => names[column] !== label)
  const roles: ColumnRole[] = []
  const ignored: string[] = []
  for (const column of wanted) {
    const name = names[column] as string // `indexOf` found it
    const stored = encodings?.find((encoding) => encoding.column === name)
    if (stored !== undefined) roles.push({ kind: 'category', column, categories: CategoryColumn.from(stored) })
    else if (table.columns[column]?.kind === 'number') roles.push({ kind: 'number', column })
    else if (encode === undefined) ignored.push(name)
    else roles.push({ kind: 'category', column, categories: new CategoryColumn(name, encode) })
  }
  if (roles.length > 0) return { roles, ignored }
  throw new AnomalyDetectionError(
    'anomaly-detection/no-numeric-column',
    `no column with numbers is left to work on; columns with text: ${ignored.join(', ') || 'none'} (encode them as onehot or ordinal to use them)`,
    { ignored },
  )
}

function indexOf(name: string, names: ReadonlyArray<string>): number {
  const index = names.indexOf(name)
  if (index === -1) throw unknownColumn(name, names)
  return index
}

// The number columns of a batch, row by row.
function interleave(batch: TableBatch, columns: ReadonlyArray<number>): Float64Array {
  const width = columns.length
  const block = new Float64Array(batch.rows * width)
  columns.forEach((from, to) => {
    const values = numbersOf(batch, from)
    for (let row = 0, at = to; row < batch.rows; row++, at += width) block[at] = values[row] as number
  })
  return block
}

// Adds the line of the source to an error that knows its row.
function withLines<T>(
  starts: ReadonlyArray<{ readonly row: number; readonly batch: Pick<TableBatch, 'lineOf'> }>,
  work: () => T,
): T {
  try {
    return work()
  } catch (error) {
    const row = AnomalyDetectionError.is(error) ? error.details['row'] : undefined
    if (!AnomalyDetectionError.is(error) || typeof row !== 'number') throw error
    const start = starts.findLast((one) => one.row <= row)
    const line = start?.batch.lineOf?.(row - start.row)
    if (line === undefined) throw error
    throw new AnomalyDetectionError(error.code, `line ${line}: ${error.message}`, { ...error.details, line }, error)
  }
}
