import { parseTime } from './cell-value.ts'
import type { Cell, ColumnKind, TableColumn } from './cell.ts'
import { shortestDecimal } from './decimal.ts'
import { integerCell } from './integer-cell.ts'
import type { Literal } from './predicate.ts'

const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** A written value as a cell of the column's kind, or undefined where it is of another. Of an `integer` column it may be a fraction. */
export function bindLiteral(value: Literal, column: Pick<TableColumn, 'kind'>): Cell | undefined {
  if (value === null) return undefined
  return BINDERS[column.kind](value)
}

const BINDERS: Readonly<Record<ColumnKind, (value: Exclude<Literal, null>) => Cell | undefined>> = {
  integer: integerLiteral,
  decimal: decimalLiteral,
  float: floatLiteral,
  text: (value) => (typeof value === 'string' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  timestamp: timeLiteral,
  date: timeLiteral,
  other: () => undefined,
}

function integerLiteral(value: Exclude<Literal, null>): Cell | undefined {
  if (typeof value === 'bigint') return integerCell(value)
  // Text is how JSON carries whole numbers past 2^53; "1" is a text.
  if (typeof value === 'string') {
    const cell = /^[+-]?\d+$/.test(value) ? integerCell(BigInt(value)) : undefined
    return typeof cell === 'bigint' ? cell : undefined
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value + 0
}

function decimalLiteral(value: Exclude<Literal, null>): Cell | undefined {
  if (typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? shortestDecimal(String(value)) : undefined
  return typeof value === 'bigint' || NUMBER.test(value) ? shortestDecimal(String(value)) : undefined
}

function floatLiteral(value: Exclude<Literal, null>): Cell | undefined {
  if (typeof value === 'number') return value + 0
  return typeof value === 'bigint' ? Number(value) : undefined
}

function timeLiteral(value: Exclude<Literal, null>): Cell | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined
}
