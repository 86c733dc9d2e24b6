/**
 * Seasonal and trend decomposition by LOESS.
 * Source: R. Cleveland, W. Cleveland, J. McRae, I. Terpenning (1990), STL: A Seasonal-Trend Decomposition Procedure Based on
 * Loess, Journal of Official Statistics 6(1). Defaults as in statsmodels 0.13.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { AnomalyDetectionError } from '../errors.ts'
import { median } from '../numeric/order-statistic.ts'
import { fittedAt, type LoessOptions, smoothInto } from './loess.ts'

/** How a series is taken apart. */
export interface StlOptions {
  /** Points in a cycle, >= 2. */
  readonly period: number
  /** Cycles that the seasonal part of each phase is smoothed over: odd, >= 3; default 7. */
  readonly seasonal?: number | undefined
  /** Points that the trend is smoothed over: odd; default the first odd number from 1.5 period / (1 - 1.5 / seasonal). */
  readonly trend?: number | undefined
  /** Points of the low-pass filter: odd; default the first odd number above the period. */
  readonly lowPass?: number | undefined
  /** Of the curves: 0 a mean, 1 a line; default 1 each. */
  readonly seasonalDegree?: 0 | 1 | undefined
  readonly trendDegree?: 0 | 1 | undefined
  readonly lowPassDegree?: 0 | 1 | undefined
  /** Whether outliers are held off; default false. */
  readonly robust?: boolean | undefined
  /** Fit at every so manieth point only, and join by lines; default 1. */
  readonly jump?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A series in parts that sum to it; shape (n) each. */
export interface Decomposition {
  readonly trend: Float64Array
  readonly seasonal: Float64Array
  readonly residual: Float64Array
  /** How much each point counted at last, in [0, 1]; all 1 where not robust. */
  readonly weights: Float64Array
}

/**
 * @param values - shape (n), finite, at least two cycles
 * @throws AnomalyDetectionError `series-too-short`, `invalid-parameters`, `cancelled`
 */
export function stl(values: Float64Array, options: StlOptions): Decomposition {
  const settings = settingsOf(options, values.length)
  const n = values.length
  const { period, robust } = settings
  const trend = new Float64Array(n)
  const seasonal = new Float64Array(n)
  const weights = new Float64Array(n).fill(1)
  const work = {
    rest: new Float64Array(n + 2 * period),
    cycles: new Float64Array(n + 2 * period),
    low: new Float64Array(n + 2 * period),
    low2: new Float64Array(n + 2 * period),
  }
  const rounds = robust ? 16 : 1
  for (let round = 0; round < rounds; round++) {
    throwIfCancelled(options.signal)
    for (let turn = 0; turn < (robust ? 2 : 5); turn++) {
      improve(values, settings, round === 0 ? undefined : weights, trend, seasonal, work)
    }
    if (round < rounds - 1) weigh(values, trend, seasonal, weights)
  }
  const residual = values.map((value, t) => value - (trend[t] as number) - (seasonal[t] as number))
  return { trend, seasonal, residual, weights }
}

/** A tenth of the cycle: how far apart fits may be without a difference that is seen, and ten times as fast. */
export function jumpFor(period: number): number {
  return Math.max(1, Math.floor(period / 10))
}

interface Settings {
  readonly period: number
  readonly robust: boolean
  readonly seasonal: LoessOptions
  readonly trend: LoessOptions
  readonly lowPass: LoessOptions
}

function settingsOf(options: StlOptions, n: number): Settings {
  const { period, seasonal = 7, jump = 1, robust = false } = options
  const trend = options.trend ?? oddFrom(Math.ceil((1.5 * period) / (1 - 1.5 / seasonal)))
  const lowPass = options.lowPass ?? oddFrom(period + 1)
  for (const [name, value] of Object.entries({ period, seasonal, trend, lowPass, jump })) {
    const least = name === 'period' ? 2 : name === 'jump' ? 1 : 3
    const mustBeOdd = name !== 'period' && name !== 'jump'
    if (Number.isInteger(value) && value >= least && (!mustBeOdd || value % 2 === 1)) continue
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `${name} of STL is ${value}; it must be ${mustBeOdd ? 'an odd' : 'a whole'} number from ${least}`,
      { option: name, value },
    )
  }
  if (n < 2 * period) {
    throw new AnomalyDetectionError(
      'anomaly-detection/series-too-short',
      `${n} points are less than two cycles of ${period}: too few to tell a cycle from a trend`,
      { points: n, needed: 2 * period },
    )
  }
  const { seasonalDegree = 1, trendDegree = 1, lowPassDegree = 1 } = options
  return {
    period,
    robust,
    seasonal: { span: seasonal, degree: seasonalDegree, jump: 1 },
    trend: { span: trend, degree: trendDegree, jump },
    lowPass: { span: lowPass, degree: lowPassDegree, jump },
  }
}

function oddFrom(value: number): number {
  return value % 2 === 0 ? value + 1 : value
}

interface Work {
  readonly rest: Float64Array
  readonly cycles: Float64Array
  readonly low: Float64Array
  readonly low2: Float64Array
}

// The inner loop: sections 2.1 and 2.2 of the paper.
function improve(
  values: Float64Array,
  { period, seasonal: bySeason, trend: byTrend, lowPass }: Settings,
  weights: Float64Array | undefined,
  trend: Float64Array,
  seasonal: Float64Array,
  { rest, cycles, low, low2 }: Work,
): void {
  const n = values.length
  for (let t = 0; t < n; t++) rest[t] = (values[t] as number) - (trend[t] as number)
  smoothCycles(rest, n, period, bySeason, weights, cycles)
  movingMeans(cycles, n + 2 * period, period, low)
  movingMeans(low, n + period + 1, period, low2)
  movingMeans(low2, n + 2, 3, low)
  smoothInto(low, n, lowPass, undefined, rest, 0)
  for (let t = 0; t < n; t++) seasonal[t] = (cycles[period + t] as number) - (rest[t] as number)
  for (let t = 0; t < n; t++) rest[t] = (values[t] as number) - (seasonal[t] as number)
  smoothInto(rest, n, byTrend, weights, trend, 0)
}

// Each phase of the cycle over the cycles, and one cycle further at both ends.
function smoothCycles(
  rest: Float64Array,
  n: number,
  period: number,
  options: LoessOptions,
  weights: Float64Array | undefined,
  out: Float64Array,
): void {
  const most = Math.ceil(n / period)
  const own = new Float64Array(most)
  const ownWeights = weights === undefined ? undefined : new Float64Array(most)
  const scratch = new Float64Array(most)
  const curve = new Float64Array(most + 2)
  for (let phase = 0; phase < period; phase++) {
    const count = Math.floor((n - 1 - phase) / period) + 1
    for (let cycle = 0; cycle < count; cycle++) {
      own[cycle] = rest[cycle * period + phase] as number
      if (ownWeights !== undefined && weights !== undefined) {
        ownWeights[cycle] = weights[cycle * period + phase] as number
      }
    }
    smoothInto(own, count, options, ownWeights, curve, 1)
    const right = Math.min(options.span, count) - 1
    const left = Math.max(0, count - options.span)
    curve[0] = fittedAt(own, count, -1, 0, right, options, ownWeights, scratch) ?? (curve[1] as number)
    curve[count + 1] =
      fittedAt(own, count, count, left, count - 1, options, ownWeights, scratch) ?? (curve[count] as number)
    for (let cycle = 0; cycle < count + 2; cycle++) out[cycle * period + phase] = curve[cycle] as number
  }
}

function movingMeans(values: Float64Array, n: number, length: number, out: Float64Array): void {
  let sum = 0
  for (let at = 0; at < length; at++) sum += values[at] as number
  out[0] = sum / length
  for (let at = length; at < n; at++) {
    sum += (values[at] as number) - (values[at - length] as number)
    out[at - length + 1] = sum / length
  }
}

// Bisquare weights of the residuals in units of six times their median.
function weigh(values: Float64Array, trend: Float64Array, seasonal: Float64Array, weights: Float64Array): void {
  const off = values.map((value, t) => Math.abs(value - (trend[t] as number) - (seasonal[t] as number)))
  const limit = 6 * median(off)
  for (let t = 0; t < off.length; t++) {
    const distance = off[t] as number
    if (distance <= 0.001 * limit) weights[t] = 1
    else if (distance <= 0.999 * limit) weights[t] = (1 - (distance / limit) ** 2) ** 2
    else weights[t] = 0
  }
}
