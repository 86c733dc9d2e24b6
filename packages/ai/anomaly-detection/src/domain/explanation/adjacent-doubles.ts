/** The least double above a finite one. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  return shifted(value, value > 0 ? 1 : -1)
}

/** The greatest double below a finite one. */
export function nextDown(value: number): number {
  return -nextUp(-value)
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1 // of the two words the lower one stands first on most machines

// Doubles of one sign are ordered as their bits.
function shifted(value: number, by: 1 | -1): number {
  double[0] = value
  const low = (words[LOW] as number) + by
  words[LOW] = low
  if (low < 0 || low > 0xffff_ffff) words[1 - LOW] = (words[1 - LOW] as number) + by
  return double[0]
}
