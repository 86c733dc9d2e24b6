/** Decimal text in its shortest form: `1.50` is `1.5`, `-0.0` is `0`; an exponent is written out. Other text is left alone. */
export function shortestDecimal(text: string): string {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text.trim())
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const head = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const tail = padded.slice(at).replace(/0+$/, '')
  const plain = tail === '' ? head : `${head}.${tail}`
  return sign === '-' && plain !== '0' ? `-${plain}` : plain
}

/** A decimal as a whole number of `10 ** -scale`, exact; digits past the scale do not occur. */
function scaledDecimal(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = shortestDecimal(text).split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

/** The digits behind the point. */
function scaleOf(text: string): number {
  return shortestDecimal(text).split('.')[1]?.length ?? 0
}

/** The decimal that `scaledDecimal` came from. */
export function decimalOfScaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const at = digits.length - scale
  return shortestDecimal(`${value < 0n ? '-' : ''}${digits.slice(0, at)}.${digits.slice(at)}`)
}

/** The sum of whole numbers and decimals, exact. An empty list sums to `0`. */
export function sumOfDecimals(values: Iterable<number | bigint | string>): string {
  let [sum, scale] = [0n, 0]
  for (const value of values) {
    if (typeof value === 'bigint') {
      sum += value * 10n ** BigInt(scale)
      continue
    }
    const text = typeof value === 'string' ? value : String(value)
    const own = scaleOf(text)
    if (own > scale) [sum, scale] = [sum * 10n ** BigInt(own - scale), own]
    sum += scaledDecimal(text, scale)
  }
  return decimalOfScaled(sum, scale)
}

/** Order of two decimals. @returns below 0 when `a` is less, 0 when they are equal */
export function compareDecimals(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  // Rounding keeps the order, so doubles that differ decide.
  if (difference !== 0) return difference
  const scale = Math.max(scaleOf(a), scaleOf(b))
  const exact = scaledDecimal(a, scale) - scaledDecimal(b, scale)
  return exact < 0n ? -1 : Number(exact > 0n)
}
