/** How many decimals a column of numbers is shown with, so that its largest has four or five digits that count. At most 6. */
export function decimalsOf(values: ReadonlyArray<unknown>): number {
  let largest = 0
  for (const value of values) {
    if (typeof value === 'number' && Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  }
  if (largest === 0) return 0
  const magnitude = Math.floor(Math.log10(largest))
  return magnitude >= -1 ? Math.max(0, 4 - Math.max(0, magnitude)) : Math.min(6, 3 - magnitude)
}

/** A number for people; far from 1 it is written with an exponent. */
export function tableNumber(value: number, decimals: number): string {
  const size = Math.abs(value)
  const isFar = Number.isFinite(value) && value !== 0 && (size >= 1e9 || size < 1e-4)
  return isFar ? value.toExponential(3) : value.toFixed(decimals)
}
