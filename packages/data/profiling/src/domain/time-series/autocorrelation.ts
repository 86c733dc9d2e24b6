/**
 * Autocorrelation at lags 0 to `most`, with the whole series' mean and variance (as statsmodels' `acf`, not adjusted).
 * Empty for a series that does not vary.
 */
export function autocorrelation(values: ReadonlyArray<number>, most: number): ReadonlyArray<number> {
  const n = values.length
  const mean = values.reduce((a, b) => a + b, 0) / n
  const off = Float64Array.from(values, (value) => value - mean)
  const variance = off.reduce((sum, value) => sum + value * value, 0)
  if (!(variance > 0)) return []
  return Array.from({ length: Math.min(most, n - 1) + 1 }, (_, lag) => {
    let sum = 0
    for (let i = lag; i < n; i++) sum += (off[i] ?? 0) * (off[i - lag] ?? 0)
    return sum / variance
  })
}

/**
 * The lag at which a series repeats itself most, after its straight trend was taken off: the highest local peak of the
 * autocorrelation behind its first fall below 0. Undefined where there is none.
 * @returns period in steps, and the autocorrelation there, in [-1, 1]
 */
export function seasonOf(
  values: ReadonlyArray<number>,
): { readonly period: number; readonly autocorrelation: number } | undefined {
  const acf = autocorrelation(withoutTrend(values), Math.min(MOST_LAGS, Math.floor(values.length / 2)))
  const fall = acf.findIndex((r) => r < 0)
  if (fall === -1) return undefined
  let best: { readonly period: number; readonly autocorrelation: number } | undefined
  for (let lag = fall + 1; lag + 1 < acf.length; lag++) {
    const r = acf[lag] ?? 0
    const isPeak = r > 0 && r >= (acf[lag - 1] ?? 0) && r > (acf[lag + 1] ?? 0)
    if (isPeak && r > (best?.autocorrelation ?? 0)) best = { period: lag, autocorrelation: r }
  }
  return best
}

const MOST_LAGS = 800

function withoutTrend(values: ReadonlyArray<number>): ReadonlyArray<number> {
  const n = values.length
  const middle = (n - 1) / 2
  const mean = values.reduce((a, b) => a + b, 0) / n
  const slope = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0) / ((n * (n * n - 1)) / 12)
  return values.map((value, i) => value - mean - slope * (i - middle))
}
