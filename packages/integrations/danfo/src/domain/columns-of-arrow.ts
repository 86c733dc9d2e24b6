import type { ArrowTableLike } from './arrow-like.ts'
import { type Column, columnOf, type Value } from './column.ts'
import { DanfoError } from './errors.ts'
import { type LargeNumbers, numberCells } from './number-cell.ts'

/** The columns of an Arrow table. @throws DanfoError `danfo/unsupported-value` for nested and binary ones, `danfo/inexact-number` */
export function columnsOfArrow(table: ArrowTableLike, large: LargeNumbers): ReadonlyArray<Column> {
  return table.schema.fields.map(({ name, type }, i) => {
    const vector = table.getChildAt(i)
    const values = Array.from({ length: table.numRows }, (_, row): unknown => vector?.get(row) ?? null)
    return columnOf(name, valuesOf(name, typeText(type), values, type.scale ?? 0, large))
  })
}

function typeText(type: unknown): string {
  const text = String(type)
  return /^Dictionary<[^,]+, (.*)>$/.exec(text)?.[1] ?? text
}

function valuesOf(
  name: string,
  type: string,
  values: ReadonlyArray<unknown>,
  scale: number,
  large: LargeNumbers,
): ReadonlyArray<Value> {
  if (/^U?int/i.test(type))
    return numberCells(
      name,
      values.map((value) => (typeof value === 'bigint' || typeof value === 'number' ? value : null)),
      large,
    )
  if (type.startsWith('Decimal'))
    return numberCells(
      name,
      values.map((value) => (value === null ? null : decimalText(value, scale))),
      large,
    )
  if (type.startsWith('Float'))
    return values.map((value) => (Number.isNaN(value) || value === null ? null : Number(value)))
  if (/^(Timestamp|Date)/.test(type)) return values.map((value) => (value === null ? null : new Date(Number(value))))
  if (type.startsWith('Bool')) return values.map((value) => (value === null ? null : value === true))
  if (/^(Large)?Utf8|^Null/.test(type)) return values.map((value) => (typeof value === 'string' ? value : null))
  throw new DanfoError(
    'danfo/unsupported-value',
    `column '${name}' is ${type}: only numbers, texts, booleans and times go through`,
    { column: name, type },
  )
}

// Decimals come as words of 32 bits, the lowest first, in two's complement.
function decimalText(value: unknown, scale: number): string {
  if (!(value instanceof Uint32Array)) return shortest(String(value))
  const whole = BigInt.asIntN(
    value.length * 32,
    value.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n),
  )
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0')
  const at = digits.length - scale
  return shortest(`${whole < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`)
}

function shortest(decimal: string): string {
  const text = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
  return text === '-0' ? '0' : text
}
