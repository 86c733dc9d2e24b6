/** The numbers beside a number: IEEE 754 numbers of one sign stand in the order of their bits. */

const doubleBits = new BigInt64Array(1)
const doubles = new Float64Array(doubleBits.buffer)
const singleBits = new Int32Array(1)
const singles = new Float32Array(singleBits.buffer)

/** The largest single-precision number below a finite one of single precision. */
export function singleBelow(value: number): number {
  if (value === 0) return -(2 ** -149)
  singles[0] = value
  singleBits[0] = (singleBits[0] as number) + (value > 0 ? -1 : 1)
  return singles[0]
}

/** The largest single-precision number that is not above a double: what it compares with is the same for every such number. */
export function singleAtMost(value: number): number {
  const nearest = Math.fround(value)
  return nearest > value ? singleBelow(nearest) : nearest
}

/** The smallest double in (from, to] for which a condition holds that holds at `to` and, once it does, ever after. */
export function firstDouble(from: number, to: number, holds: (value: number) => boolean): number {
  let low = orderOf(from)
  let high = orderOf(to)
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (holds(doubleAt(middle))) high = middle
    else low = middle
  }
  return doubleAt(high)
}

// Doubles numbered in ascending order, 0 being both zeros.
function orderOf(value: number): bigint {
  doubles[0] = Math.abs(value)
  const bits = doubleBits[0] as bigint
  return value < 0 ? -bits : bits
}

function doubleAt(order: bigint): number {
  doubleBits[0] = order < 0n ? -order : order
  return order < 0n ? -(doubles[0] as number) : (doubles[0] as number)
}
