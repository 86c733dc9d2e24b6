import type { Cell } from './cell.ts'

/** A cell of a numeric or time column as a double: the nearest one for a bigint or a decimal. NaN for anything else. */
export function numberOf(cell: Cell): number {
  if (typeof cell === 'number') return cell
  return typeof cell === 'bigint' || typeof cell === 'string' ? Number(cell) : Number.NaN
}

/** A whole number from its text: a number where a double equals it, else a bigint. */
export function integerOf(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

/** Decimal text in its shortest form: `1.50` is `1.5`, `-0.0` is `0`; an exponent is written out. */
export function shortestDecimal(text: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text.trim())
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const tail = padded.slice(at).replace(/0+$/, '')
  const plain = tail === '' ? head : `${head}.${tail}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

/** Sum of decimal texts, exact. An empty list sums to `0`. */
export function sumOfDecimals(texts: Iterable<readonly [text: string, times: number]>): string {
  let sum = 0n
  let scale = 0
  for (const [text, times] of texts) {
    const [whole = '0', fraction = ''] = shortestDecimal(text).split('.')
    if (fraction.length > scale) {
      sum *= 10n ** BigInt(fraction.length - scale)
      scale = fraction.length
    }
    sum += BigInt(whole + fraction.padEnd(scale, '0')) * BigInt(times)
  }
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const at = digits.length - scale
  return shortestDecimal(`${sum < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`)
}

/** The text when no double equals it, else nothing: what `exactMin` and its kin hold. */
export function exactText(text: string): string | undefined {
  const value = Number(text)
  return Number.isFinite(value) && shortestDecimal(String(value)) === shortestDecimal(text) ? undefined : text
}
