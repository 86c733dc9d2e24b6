import { type Cell, type ColumnKind, isTime } from './cell.ts'
import { shortestDecimal } from './decimal.ts'
import { integerCell } from './integer-cell.ts'
import type { CellValue } from './validation-result.ts'

/**
 * A cell for JSON: bigints and decimals that no double equals as text, NaN and infinities by name, times in ISO 8601 (UTC; dates
 * without a time of day).
 */
export function cellValue(cell: Cell, kind: ColumnKind): CellValue {
  if (cell === null || typeof cell === 'boolean') return cell
  if (isTime(kind)) return isoTime(BigInt(cell), kind)
  if (typeof cell === 'bigint') return String(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell)
  if (kind !== 'decimal') return cell
  return shortestDecimal(String(Number(cell))) === cell ? Number(cell) : cell
}

/** Epoch microseconds as ISO 8601 text. */
export function isoTime(microseconds: bigint, kind: ColumnKind): string {
  const whole = microseconds / 1000n
  const milliseconds = microseconds < 0n && whole * 1000n !== microseconds ? whole - 1n : whole
  const time = new Date(Number(milliseconds))
  // JavaScript's dates end in the year 275,760; databases know later ones.
  if (Number.isNaN(time.getTime())) return `${microseconds} µs`
  const text = time.toISOString()
  if (kind === 'date') return text.slice(0, -14)
  const rest = Number(microseconds - milliseconds * 1000n)
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i

/** ISO 8601 text as epoch microseconds; UTC where it names no zone. undefined for other text and for days that do not exist. */
export function parseTime(text: string): Cell | undefined {
  const match = TIME.exec(text.trim())
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  if (year === 0) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const micros = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6))
  const minutes = hour * 60 + minute - zoneMinutes(match[8])
  return integerCell(BigInt(date.getTime() + (minutes * 60 + second) * 1000) * 1000n + BigInt(micros))
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.replace(':', '').slice(3) || 0)
  return zone.startsWith('-') ? -minutes : minutes
}
