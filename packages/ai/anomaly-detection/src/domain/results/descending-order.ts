/** Rows by score, by counting the bits of the numbers 16 at a time: time and memory grow with the rows alone. */
const DIGITS = 2 ** 16

/**
 * @param scores - shape (n); NaN is no score
 * @returns the rows, shape (n): the highest score first, the lower row first among equals, rows without a score last
 */
export function descendingOrder(scores: Float64Array): Uint32Array {
  const words = new Uint32Array(scores.buffer, scores.byteOffset, scores.length * 2)
  let order = new Uint32Array(scores.length)
  let next = new Uint32Array(scores.length)
  for (let row = 0; row < order.length; row++) order[row] = row
  const counts = new Uint32Array(DIGITS + 1)
  for (let digit = 0; digit < 4; digit++) {
    counts.fill(0)
    for (let row = 0; row < order.length; row++) increment(counts, digitOf(words, row, digit) + 1)
    for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] as number) + (counts[at - 1] as number)
    for (const row of order) {
      const key = digitOf(words, row, digit)
      next[counts[key] as number] = row
      increment(counts, key)
    }
    ;[order, next] = [next, order]
  }
  return order
}

function increment(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1
}

// Of the bits as a number that falls as the score rises: all flipped but for the sign of one above 0, none of one below.
function digitOf(words: Uint32Array, row: number, digit: number): number {
  const high = words[2 * row + 1] as number
  const low = words[2 * row] as number
  if (isNaN64(high, low)) return DIGITS - 1
  if (high === 0x80000000 && low === 0) return digit === 3 ? 0x7fff : DIGITS - 1 // -0 is 0
  const word = digit < 2 ? low : high
  const bits = (digit & 1) === 0 ? word & 0xffff : word >>> 16
  if (high >>> 31 === 1) return bits
  return digit === 3 ? ~bits & 0x7fff : ~bits & 0xffff
}

function isNaN64(high: number, low: number): boolean {
  const exponent = high & 0x7ff00000
  return exponent === 0x7ff00000 && ((high & 0xfffff) !== 0 || low !== 0)
}
