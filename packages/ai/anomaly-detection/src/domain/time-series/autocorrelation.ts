import { fourierTransform, inverseFourierTransform, powerOfTwoFrom } from './fourier-transform.ts'

/**
 * How much a series resembles itself some points later: sum (y_t - mean)(y_(t+k) - mean) / sum (y_t - mean)^2 for the lags k
 * from 0 to `lags`. In [-1, 1], 1 at lag 0; a constant series has 0 at all others. By the Wiener-Khinchin theorem, O(n
 * log n).
 *
 * @param values - shape (n), finite, n >= 1
 * @param lags - the largest lag, at most n - 1 is used
 * @returns shape (min(lags, n - 1) + 1)
 */
export function autocorrelation(values: Float64Array, lags: number): Float64Array {
  const n = values.length
  const last = Math.min(lags, n - 1)
  const result = new Float64Array(last + 1)
  result[0] = 1
  const real = new Float64Array(powerOfTwoFrom(n + last + 1)) // zeros behind it keep the ends apart
  const mean = values.reduce((sum, value) => sum + value / n, 0)
  let largest = 0
  for (let t = 0; t < n; t++) largest = Math.max(largest, Math.abs((values[t] as number) - mean))
  if (!(largest > 1e-14 * Math.abs(mean))) return result
  for (let t = 0; t < n; t++) real[t] = ((values[t] as number) - mean) / largest
  const spectrum = fourierTransform({ real, imaginary: new Float64Array(real.length) })
  for (let k = 0; k < real.length; k++) {
    spectrum.real[k] = (spectrum.real[k] as number) ** 2 + (spectrum.imaginary[k] as number) ** 2
  }
  const products = inverseFourierTransform({ real: spectrum.real, imaginary: new Float64Array(real.length) }).real
  for (let k = 1; k <= last; k++) result[k] = (products[k] as number) / (products[0] as number)
  return result
}

/**
 * The lag of the highest local maximum.
 * @param correlations - by lag, as `autocorrelation` gives them
 * @param from - the smallest lag that counts; its neighbours are looked at, too, where they are >= `from`
 * @returns undefined where there is no local maximum
 */
export function highestPeak(correlations: Float64Array, from: number = 3): number | undefined {
  let best: number | undefined
  for (let lag = from + 1; lag + 1 < correlations.length; lag++) {
    const value = correlations[lag] as number
    if (!(value > (correlations[lag - 1] as number)) || !(value > (correlations[lag + 1] as number))) continue
    if (best === undefined || value > (correlations[best] as number)) best = lag
  }
  return best
}
