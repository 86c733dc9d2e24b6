/**
 * Distinct values by 4096 registers (HyperLogLog), which any SQL engine fills with one GROUP BY over 12 bits of a hash.
 * Source: P. Flajolet et al. (2007), HyperLogLog; estimator: O. Ertl (2017), New cardinality estimation algorithms for
 * HyperLogLog sketches, algorithm 6, which needs no bias tables and holds from 0 on.
 */
export const REGISTER_COUNT = 4096
/** Bits of the hash behind the 12 that choose the register. */
const REST_BITS = 52
/** Standard error of the estimate relative to it: 1.04 / sqrt(4096). */
export const DISTINCT_RELATIVE_ERROR: number = 1.04 / Math.sqrt(REGISTER_COUNT)

/** @param rest - the least of the remaining 52 bits seen in a register: the least has most leading zeros */
export function rankOf(rest: number): number {
  if (rest === 0) return REST_BITS + 1
  const high = Math.floor(rest / 4_294_967_296)
  return high > 0 ? Math.clz32(high) - 12 + 1 : Math.clz32(rest) + 20 + 1
}

/** Registers that hold both inputs' values: the greater rank of each. */
export function mergeRegisters(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((rank, i) => Math.max(rank, b[i] ?? 0))
}

/** Expected number of different values; 0 when every register is empty. */
export function estimateDistinct(registers: Uint8Array): number {
  const histogram = new Float64Array(REST_BITS + 2)
  for (const rank of registers) histogram[rank] = (histogram[rank] ?? 0) + 1
  const share = (rank: number): number => (histogram[rank] ?? 0) / REGISTER_COUNT
  let z = REGISTER_COUNT * tau(1 - share(REST_BITS + 1))
  for (let rank = REST_BITS; rank >= 1; rank--) z = 0.5 * (z + (histogram[rank] ?? 0))
  z += REGISTER_COUNT * sigma(share(0))
  return (REGISTER_COUNT * REGISTER_COUNT) / (2 * Math.LN2 * z)
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY
  let [x, y, z, last] = [share, 1, share, -1]
  while (z !== last) {
    x *= x
    last = z
    z += x * y
    y += y
  }
  return z
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0
  let [x, y, z, last] = [share, 1, 1 - share, -1]
  while (z !== last) {
    x = Math.sqrt(x)
    last = z
    y *= 0.5
    z -= (1 - x) ** 2 * y
  }
  return z / 3
}

/** Base64 of the registers, for JSON. */
export function registersText(registers: Uint8Array): string {
  let bytes = ''
  for (const rank of registers) bytes += String.fromCharCode(rank)
  return btoa(bytes)
}

/** The registers of a text, or nothing when it is no such text. */
export function parseRegisters(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(text)) return undefined
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return bytes.length === REGISTER_COUNT && bytes.every((rank) => rank <= REST_BITS + 1) ? bytes : undefined
}
