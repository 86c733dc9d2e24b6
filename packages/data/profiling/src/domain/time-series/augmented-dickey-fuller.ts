import { normalCdf } from '../relations/normal-distribution.ts'

/** Whether a series has a unit root, that is, wanders without coming back. */
export interface UnitRootTest {
  readonly statistic: number
  /** Of the hypothesis of a unit root: a small one speaks for a stationary series. */
  readonly pValue: number
  /** Lagged differences in the regression, chosen by AIC. */
  readonly lags: number
}

/**
 * Augmented Dickey-Fuller test with a constant, lags by AIC, as statsmodels' `adfuller` with its defaults. Undefined for fewer
 * than 12 values and for a constant series.
 * Source: D. Dickey, W. Fuller (1979); p-values by J. MacKinnon (1994), table for one variable and a constant.
 */
export function augmentedDickeyFuller(values: ReadonlyArray<number>): UnitRootTest | undefined {
  const n = values.length
  if (n < 12 || values.every((value) => value === values[0])) return undefined
  // The regression has a constant, so a shift changes nothing but keeps digits of large values.
  const [first = 0] = values
  return testOf(values.map((value) => value - first))
}

function testOf(values: ReadonlyArray<number>): UnitRootTest | undefined {
  const n = values.length
  const most = Math.min(Math.floor(n / 2) - 2, Math.ceil(12 * (n / 100) ** 0.25))
  const wide = regression(values, most, most)
  let [lags, least] = [0, Number.POSITIVE_INFINITY]
  for (let tried = 0; tried <= most; tried++) {
    const aic = wide.rows * Math.log(wide.residuals[tried + 1] ?? Number.NaN) + 2 * (tried + 2)
    if (aic < least) [lags, least] = [tried, aic]
  }
  const { statistic } = regression(values, lags, lags)
  return Number.isFinite(statistic)
    ? { statistic: statistic + 0, pValue: unitRootProbability(statistic), lags }
    : undefined
}

interface Regression {
  readonly rows: number
  /** Sum of squared residuals with the first 1, 2, ... columns: constant, level, lag 1, ... */
  readonly residuals: ReadonlyArray<number>
  /** t of the level, with all columns. */
  readonly statistic: number
}

// By modified Gram-Schmidt, twice for its rounding; the level comes last once more for its t.
function regression(values: ReadonlyArray<number>, lags: number, skipped: number): Regression {
  const rows = values.length - 1 - skipped
  const column = (of: (t: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) => of(i + skipped + 1))
  const at = (t: number): number => values[t] ?? 0
  const level = column((t) => at(t - 1))
  const constant = column(() => 1)
  const differences = Array.from({ length: lags }, (_, k) => column((t) => at(t - 1 - k) - at(t - 2 - k)))
  const target = column((t) => at(t) - at(t - 1))
  const residuals = residualsBy([constant, level, ...differences], target)
  const last = residualsBy([constant, ...differences, level], target)
  const without = last.at(-2) ?? Number.NaN
  const withLevel = last.at(-1) ?? Number.NaN
  const sign = Math.sign(slopeSign([constant, ...differences], level, target))
  const t = sign * Math.sqrt(((without - withLevel) * (rows - lags - 2)) / withLevel)
  return { rows, residuals, statistic: t }
}

function residualsBy(columns: ReadonlyArray<Float64Array>, target: Float64Array): ReadonlyArray<number> {
  const basis: Array<Float64Array> = []
  const rest = Float64Array.from(target)
  return columns.map((column) => {
    const direction = Float64Array.from(column)
    for (let pass = 0; pass < 2; pass++) for (const known of basis) removeAlong(direction, known)
    const length = Math.sqrt(dot(direction, direction))
    if (length > 1e-12 * Math.sqrt(dot(column, column))) {
      for (const [i, value] of direction.entries()) direction[i] = value / length
      basis.push(direction)
      removeAlong(rest, direction)
    }
    return dot(rest, rest)
  })
}

function slopeSign(others: ReadonlyArray<Float64Array>, level: Float64Array, target: Float64Array): number {
  const basis: Array<Float64Array> = []
  for (const column of [...others, level]) {
    const direction = Float64Array.from(column)
    for (let pass = 0; pass < 2; pass++) for (const known of basis) removeAlong(direction, known)
    const length = Math.sqrt(dot(direction, direction))
    if (length > 0) basis.push(direction.map((value) => value / length))
  }
  const last = basis.at(-1)
  return last === undefined ? 0 : dot(last, target)
}

function removeAlong(from: Float64Array, direction: Float64Array): void {
  const share = dot(from, direction)
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0) - share * (direction[i] ?? 0)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

function unitRootProbability(statistic: number): number {
  if (statistic > 2.74) return 1
  if (statistic < -18.83) return 0
  const bend =
    statistic <= -1.61
      ? 2.1659 + 1.4412 * statistic + 0.038269 * statistic ** 2
      : 1.7339 + 0.93202 * statistic - 0.12745 * statistic ** 2 - 0.010368 * statistic ** 3
  return normalCdf(bend)
}
