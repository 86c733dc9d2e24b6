import { MlopsError } from '../errors.ts'

/** A row of a table at the edge of this package: values by column name. */
export type MonitoredRow = Readonly<Record<string, unknown>>

/** Whether a column is measured or named. */
export type ColumnKind = 'numeric' | 'categorical'

/** Numbers of one column. Shape: (rows); NaN is missing, all else is finite. */
export interface NumericColumn {
  readonly kind: 'numeric'
  readonly name: string
  readonly values: Float64Array
}

/** Categories of one column. Shape: (rows); null is missing. */
export interface CategoricalColumn {
  readonly kind: 'categorical'
  readonly name: string
  readonly values: ReadonlyArray<string | null>
}

/** One column of a table. */
export type Column = NumericColumn | CategoricalColumn

/**
 * Takes one column out of rows. A number, a truth value (0 or 1) or a Date (epoch milliseconds) is numeric; categories are text,
 * numbers or truth values. null, undefined, NaN and, in a numeric column, '' are missing.
 * @throws MlopsError `mlops/invalid-argument` naming the row and column of any other value
 */
export function columnOf(rows: ReadonlyArray<MonitoredRow>, name: string, kind: ColumnKind): Column {
  return kind === 'numeric' ? numericColumnOf(rows, name) : categoricalColumnOf(rows, name)
}

/** As `columnOf`, for a column that must be numeric. */
export function numericColumnOf(rows: ReadonlyArray<MonitoredRow>, name: string): NumericColumn {
  const values = Float64Array.from(rows, (row, index) => numberOf(row[name], name, index))
  return { kind: 'numeric', name, values }
}

/** As `columnOf`, for a column of names. */
export function categoricalColumnOf(rows: ReadonlyArray<MonitoredRow>, name: string): CategoricalColumn {
  return { kind: 'categorical', name, values: rows.map((row, index) => categoryOf(row[name], name, index)) }
}

/** The rows of a column at the given indices, in their order. */
export function pickRows(column: Column, indices: ReadonlyArray<number>): Column {
  if (column.kind === 'numeric') {
    return { ...column, values: Float64Array.from(indices, (index) => column.values[index] ?? Number.NaN) }
  }
  return { ...column, values: indices.map((index) => column.values[index] ?? null) }
}

function numberOf(value: unknown, column: string, row: number): number {
  if (value === null || value === undefined || value === '') return Number.NaN
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'number' && Math.abs(value) !== Infinity) return value
  throw refusal(column, row, value, 'a finite number')
}

function categoryOf(value: unknown, column: string, row: number): string | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  throw refusal(column, row, value, 'text, a number or a truth value')
}

function refusal(column: string, row: number, value: unknown, wanted: string): MlopsError {
  const found = typeof value === 'number' ? String(value) : typeof value
  return new MlopsError('mlops/invalid-argument', `column ${column}, row ${row}: ${wanted} is needed, found ${found}`, {
    field: column,
    row,
    found,
  })
}
