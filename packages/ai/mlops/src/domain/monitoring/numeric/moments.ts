/** The arithmetic mean; NaN for no values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

/** The standard deviation over n (not n - 1), about the mean; NaN for no values, 0 for equal ones. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - mean) ** 2
  return Math.sqrt(sum / values.length)
}
