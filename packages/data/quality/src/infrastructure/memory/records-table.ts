import type { Cell, ColumnKind } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { integerCell } from '../../domain/integer-cell.ts'
import type { MemoryColumn, MemoryTable } from './memory-table.ts'

/**
 * Rows of plain records as a table. A column is numeric, boolean, a time (Date) or text when all its values are; a mixture of
 * them is text by `String` with the physical type `mixed`; objects are only counted. undefined, a missing member and an invalid
 * Date are null, NaN is NaN. Whole numbers of both number and bigint are one kind.
 * @throws QualityError `quality/unreadable-data` for a row that is no object
 */
export function recordsTable(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): MemoryTable {
  const names = new Set<string>()
  for (const [i, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new QualityError(
        'quality/unreadable-data',
        `row ${i} is no record: give an object with a member a column`,
        {
          row: i,
        },
      )
    }
    for (const name of Object.keys(row)) names.add(name)
  }
  return {
    rows: rows.length,
    columns: [...names].map((name) =>
      columnOf(
        name,
        rows.map((row) => row[name]),
      ),
    ),
  }
}

/** A column from values of any kind, as `recordsTable` reads them. */
export function columnOf(name: string, values: ReadonlyArray<unknown>): MemoryColumn {
  const seen = new Set<string>()
  for (const value of values) {
    const type = typeOf(value)
    if (type !== 'none') seen.add(type)
  }
  const [kind, physicalType] = kindOf(seen)
  return { name, kind, physicalType, values: values.map((value) => cellOf(value, kind)) }
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'none' : 'date'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number'
  return typeof value
}

function kindOf(seen: ReadonlySet<string>): readonly [ColumnKind, string] {
  const all = (...types: ReadonlyArray<string>): boolean => [...seen].every((type) => types.includes(type))
  if (seen.size === 0) return ['text', 'null']
  if (all('integer', 'bigint')) return ['integer', seen.has('bigint') ? 'bigint' : 'integer']
  if (all('integer', 'number', 'bigint')) return ['float', 'number']
  if (all('string')) return ['text', 'string']
  if (all('boolean')) return ['boolean', 'boolean']
  if (all('date')) return ['timestamp', 'Date']
  return seen.has('object') || seen.has('function') || seen.has('symbol') ? ['other', 'object'] : ['text', 'mixed']
}

function cellOf(value: unknown, kind: ColumnKind): Cell {
  if (typeOf(value) === 'none') return null
  if (kind === 'float') return Number(value) + 0
  if (kind === 'integer') return wholeCell(value)
  if (kind === 'boolean') return value === true
  if (value instanceof Date)
    return kind === 'timestamp' ? integerCell(BigInt(value.getTime()) * 1000n) : value.toISOString()
  return kind === 'other' ? true : String(value)
}

function wholeCell(value: unknown): Cell {
  return typeof value === 'bigint' ? integerCell(value) : Number(value) + 0
}
