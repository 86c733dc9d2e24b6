/** The least double above a finite one. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  return shifted(value, value > 0 ? 1n : -1n)
}

/** The greatest double below a finite one. */
export function nextDown(value: number): number {
  return -nextUp(-value)
}

// Doubles of one sign are ordered as their bits.
function shifted(value: number, by: bigint): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  view.setBigInt64(0, view.getBigInt64(0) + by)
  return view.getFloat64(0)
}
