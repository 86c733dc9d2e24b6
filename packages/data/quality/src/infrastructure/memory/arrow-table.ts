import type { Cell, ColumnKind } from '../../domain/cell.ts'
import { shortestDecimal } from '../../domain/decimal.ts'
import { integerCell as wholeCell } from '../../domain/integer-cell.ts'
import type { MemoryColumn, MemoryTable } from './memory-table.ts'

/** An Apache Arrow table, by structure: any version of `apache-arrow` fits. */
export interface ArrowTableLike {
  readonly numRows: number
  readonly schema: { readonly fields: ReadonlyArray<{ readonly name: string; readonly type: ArrowTypeLike }> }
  readonly getChildAt: (index: number) => { readonly get: (row: number) => unknown } | null
}

/** An Arrow type, by structure; decimals have a scale. */
export interface ArrowTypeLike {
  readonly toString: () => string
  readonly scale?: number
}

const KINDS: ReadonlyArray<readonly [RegExp, ColumnKind]> = [
  [/^U?int/i, 'integer'],
  [/^Float/, 'float'],
  [/^Decimal/, 'decimal'],
  [/^(Large)?Utf8/, 'text'],
  [/^Bool/, 'boolean'],
  [/^Timestamp/, 'timestamp'],
  [/^Date/, 'date'],
]

/** An Arrow table as a table in memory. Decimals stay exact; times are UTC; nested and binary columns are only counted. */
export function arrowTable(table: ArrowTableLike): MemoryTable {
  return {
    rows: table.numRows,
    columns: table.schema.fields.map(({ name, type }, i): MemoryColumn => {
      const physicalType = String(type)
      const kind = kindOf(physicalType)
      const vector = table.getChildAt(i)
      const scale = type.scale ?? 0
      const values = Array.from({ length: table.numRows }, (_, row) => cellOf(vector?.get(row), kind, scale))
      return { name, kind, physicalType, values }
    }),
  }
}

function kindOf(type: string): ColumnKind {
  const valueType = /^Dictionary<[^,]+, (.*)>$/.exec(type)?.[1] ?? type
  return KINDS.find(([pattern]) => pattern.test(valueType))?.[1] ?? 'other'
}

function cellOf(value: unknown, kind: ColumnKind, scale: number): Cell {
  if (value === null || value === undefined) return null
  if (kind === 'integer') return integerCell(value)
  if (kind === 'float') return Number(value) + 0
  if (kind === 'decimal') return decimalText(value, scale)
  if (kind === 'timestamp' || kind === 'date') return wholeCell(BigInt(Math.round(Number(value) * 1000)))
  return typeof value === 'string' || typeof value === 'boolean' ? value : true
}

function integerCell(value: unknown): Cell {
  if (typeof value !== 'bigint') return Number(value) + 0
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

// Decimals come as words of 32 bits, the lowest first, in two's complement.
function decimalText(value: unknown, scale: number): string {
  if (!(value instanceof Uint32Array)) return shortestDecimal(String(value))
  const whole = BigInt.asIntN(
    value.length * 32,
    value.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0')
  const at = digits.length - scale
  return shortestDecimal(`${whole < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`)
}
