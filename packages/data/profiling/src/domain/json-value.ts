import { exactText } from './cell-number.ts'
import { type Cell, type ColumnKind, isTime } from './cell.ts'
import type { JsonValue } from './column-profile.ts'

/** A cell for JSON: bigints and inexact decimals as text, NaN and infinities by name, times in ISO 8601 (UTC). */
export function jsonValue(cell: Exclude<Cell, null>, kind: ColumnKind): JsonValue {
  if (isTime(kind) && typeof cell !== 'boolean') return isoTime(BigInt(cell), kind)
  if (typeof cell === 'bigint') return String(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell)
  if (kind === 'decimal' && typeof cell === 'string') return exactText(cell) ?? Number(cell)
  return cell
}

function isoTime(microseconds: bigint, kind: ColumnKind): string {
  const milliseconds =
    microseconds >= 0n || microseconds % 1000n === 0n ? microseconds / 1000n : microseconds / 1000n - 1n
  const rest = Number(microseconds - milliseconds * 1000n)
  const time = new Date(Number(milliseconds))
  // JavaScript's dates end in the year 275,760; databases know later ones.
  if (Number.isNaN(time.getTime())) return `${microseconds} µs`
  const text = time.toISOString()
  if (kind === 'date') return text.slice(0, -14)
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}
