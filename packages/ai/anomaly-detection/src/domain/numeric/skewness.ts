const EPSILON = 2 ** -52

/**
 * The sign of the sample skewness m3 / m2^1.5: -1 leans left, 1 leans right. 0 where it is exactly symmetric or the
 * values are constant up to rounding, as scipy.stats.skew decides it.
 * @param values - shape (n), n >= 1, finite
 */
export function skewnessSign(values: Float64Array): -1 | 0 | 1 {
  let mean = 0
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    mean += value / values.length
    const size = Math.abs(value)
    if (size > largest) largest = size
  }
  const scale = isOrdinary(largest) ? 1 : largest || 1 // keeps the cubes finite and above zero
  let squares = 0
  let cubes = 0
  for (let i = 0; i < values.length; i++) {
    const off = ((values[i] as number) - mean) / scale
    squares += off * off
    cubes += off * off * off
  }
  return signOf(values.length, mean / scale, squares, cubes)
}

/**
 * The same where the sums were made elsewhere, unscaled and in the order of the values.
 * @param largest - absolute value
 * @param squares - of what the values are off their mean, like `cubes`
 */
export function signOfSums(values: Float64Array, mean = 0, largest = 0, squares = 0, cubes = 0): -1 | 0 | 1 {
  return isOrdinary(largest) ? signOf(values.length, mean, squares, cubes) : skewnessSign(values)
}

function isOrdinary(largest: number): boolean {
  return largest <= 1e100 && largest >= 1e-100
}

function signOf(n: number, mean: number, squares: number, cubes: number): -1 | 0 | 1 {
  if (squares / n <= (EPSILON * mean) ** 2) return 0
  return cubes > 0 ? 1 : cubes < 0 ? -1 : 0
}
