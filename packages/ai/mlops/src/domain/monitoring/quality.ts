import type { Column } from './column.ts'

/** What is known of a column from the reference. */
export interface ColumnProfile {
  readonly name: string
  /** Share of rows without a value, in [0, 1]. */
  readonly missingShare: number
  /** Least and greatest value; absent for a column of names and where no value is. */
  readonly range?: { readonly min: number; readonly max: number }
  /** Every category; absent for a numeric column. */
  readonly categories?: ReadonlySet<string>
  /** Whether all values are equal, or none is there. */
  readonly isConstant: boolean
}

/** What one column of one window looks like beside the reference. Counts are of rows; far above 0 is abnormal. */
export interface ColumnQuality {
  readonly column: string
  readonly missing: number
  readonly missingShare: number
  /** Values below the least or above the greatest of the reference; 0 for a column of names. */
  readonly outOfRange: number
  /** Values that the reference never had; 0 for a numeric column. */
  readonly unseen: number
  /** At most ten of the categories that the reference never had. */
  readonly unseenExamples: ReadonlyArray<string>
  /** All values are equal though those of the reference were not. */
  readonly becameConstant: boolean
}

/** What is to be remembered of a column of the reference. */
export function columnProfileOf(column: Column): ColumnProfile {
  const { name } = column
  const missingShare = column.values.length === 0 ? 0 : missingIn(column) / column.values.length
  if (column.kind === 'numeric') {
    const range = rangeOf(column.values)
    const isConstant = range === undefined || range.min === range.max
    return range === undefined ? { name, missingShare, isConstant } : { name, missingShare, isConstant, range }
  }
  const categories = new Set(column.values.filter((value) => value !== null))
  return { name, missingShare, isConstant: categories.size < 2, categories }
}

/** Looks at one column of a window. @param column - not empty */
export function columnQualityOf(column: Column, reference: ColumnProfile): ColumnQuality {
  const now = columnProfileOf(column)
  const unseen = unseenIn(column, reference)
  return {
    column: column.name,
    missing: missingIn(column),
    missingShare: now.missingShare,
    outOfRange: outOfRangeIn(column, reference),
    unseen: unseen.length,
    unseenExamples: [...new Set(unseen)].slice(0, 10),
    becameConstant: now.isConstant && !reference.isConstant && column.values.length > 1,
  }
}

/** How many rows equal an earlier one in all columns; missing equals missing. */
export function duplicateRows(columns: ReadonlyArray<Column>, rowCount: number): number {
  const seen = new Set<string>()
  for (let row = 0; row < rowCount; row++) {
    seen.add(JSON.stringify(columns.map(({ values }) => values[row] ?? null)))
  }
  return rowCount - seen.size
}

function missingIn(column: Column): number {
  if (column.kind === 'categorical') return column.values.filter((value) => value === null).length
  return column.values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0)
}

function rangeOf(values: Float64Array): { min: number; max: number } | undefined {
  let min = Infinity
  let max = -Infinity
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min > max ? undefined : { min, max }
}

function outOfRangeIn(column: Column, { range }: ColumnProfile): number {
  if (column.kind === 'categorical' || range === undefined) return 0
  return column.values.reduce((count, value) => count + (value < range.min || value > range.max ? 1 : 0), 0)
}

function unseenIn(column: Column, { categories }: ColumnProfile): string[] {
  if (column.kind === 'numeric' || categories === undefined) return []
  return column.values.filter((value) => value !== null && !categories.has(value)) as string[] // null is filtered out
}
