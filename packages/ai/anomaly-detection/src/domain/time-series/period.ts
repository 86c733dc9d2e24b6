import { AnomalyDetectionError } from '../errors.ts'
import { median } from '../numeric/order-statistic.ts'
/**
 * The length of the cycle that a series repeats.
 * Sources: M. Vlachos, P. Yu, V. Castelli (2005), On Periodicity Detection and Structural Periodic Similarity, SDM (a
 * candidate must stand out in both the autocorrelation and the periodogram); Q. Liu, J. Paparrizos (2024), The Elephant in
 * the Room, NeurIPS Datasets and Benchmarks (`windowLengthOf`).
 */
import { autocorrelation, highestPeak } from './autocorrelation.ts'
import { fourierTransform } from './fourier-transform.ts'
import { robustSpread } from './residual-band.ts'

const LEAST_CYCLES = 3
const SHORTEST_WINDOW = 64
const FARTHEST = 5 // spreads from the median
const LEAST_CORRELATION = 0.2
const LEAST_RISE = 0.15 // of a peak above the lowest point before it: smooth series correlate at every short lag
const LEAST_POWER = 0.2 // of the variance, at the frequencies of the cycle

/** A cycle, and how sure it is. */
export interface Period {
  /** Points in a cycle, >= 2. */
  readonly length: number
  /** Share of the variance, without its straight line, at the frequency of the cycle and its multiples; in (0, 1]. */
  readonly strength: number
}

/**
 * Looks for one cycle that is seen at least three times: the highest peak of the autocorrelation, less the straight line
 * through the series, that the periodogram bears out. Points more than five robust spreads from the median count as that far.
 *
 * @param values - shape (n), finite
 * @param longest - the longest cycle looked for; default n / 3
 * @returns undefined where there is none
 */
export function findPeriod(values: Float64Array, longest: number = Infinity): Period | undefined {
  const n = values.length
  const lags = Math.min(longest, Math.floor(n / LEAST_CYCLES))
  if (lags < 2) return undefined
  const level = withoutLine(clipped(values))
  const correlations = autocorrelation(level, lags + 1)
  const powers = powersOf(level)
  const candidates = peaksOf(correlations, lags)
  for (const length of candidates) {
    const strength = powerAt(powers, n, length)
    if (strength >= LEAST_POWER) return { length, strength }
  }
  return undefined
}

/**
 * The cycle of a series, for a method that cannot do without.
 * @throws AnomalyDetectionError `invalid-parameters` where there is none
 */
export function requiredPeriod(values: Float64Array, method: string): number {
  const found = findPeriod(values)
  if (found !== undefined) return found.length
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-parameters',
    `${method} needs a cycle, and the series shows none; give its length in points as period`,
    { option: 'period' },
  )
}

/**
 * The window that sub-sequence methods take: the highest peak of the autocorrelation over the lags 4 to 399 of the first
 * 20,000 points, 125 where there is none, or none from 6 to 303, as on the TSB-AD benchmark; but 64 at least, since shapes of
 * fewer points say little, and half of the series at most.
 * @param values - shape (n), finite
 */
export function windowLengthOf(values: Float64Array): number {
  const peak = highestPeak(autocorrelation(values.subarray(0, 20_000), 400))
  const cycle = peak === undefined || peak < 6 || peak > 303 ? 125 : peak
  return Math.max(2, Math.min(Math.max(SHORTEST_WINDOW, cycle), values.length >> 1))
}

// Lags of local maxima that stand out, the highest first; a cycle comes before its multiples, which are as high but for noise.
function peaksOf(correlations: Float64Array, lags: number): ReadonlyArray<number> {
  const peaks: number[] = []
  let lowest = Infinity
  for (let lag = 1; lag <= lags; lag++) {
    const value = correlations[lag] as number
    lowest = Math.min(lowest, value)
    const isPeak = lag >= 2 && value > (correlations[lag - 1] as number) && value >= (correlations[lag + 1] ?? -1)
    if (isPeak && value >= LEAST_CORRELATION && value - lowest >= LEAST_RISE) peaks.push(lag)
  }
  const highest = (a: number, b: number): number => (correlations[b] as number) - (correlations[a] as number) || a - b
  return peaks.toSorted(highest)
}

// A single spike can outweigh all the rest in products of values.
function clipped(values: Float64Array): Float64Array {
  const middle = median(values)
  const reach = FARTHEST * robustSpread(values.map((value) => value - middle))
  return values.map((value) => Math.min(Math.max(value, middle - reach), middle + reach))
}

function withoutLine(values: Float64Array): Float64Array {
  const n = values.length
  const middle = (n - 1) / 2
  let mean = 0
  for (let t = 0; t < n; t++) mean += (values[t] as number) / n
  let products = 0
  let squares = 0
  for (let t = 0; t < n; t++) {
    products += (t - middle) * ((values[t] as number) - mean)
    squares += (t - middle) ** 2
  }
  const slope = squares > 0 ? products / squares : 0
  return values.map((value, t) => value - mean - slope * (t - middle))
}

// The periodogram without its constant, as shares of the whole.
function powersOf(level: Float64Array): Float64Array {
  const scale = level.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const real = level.map((value) => value / scale)
  const spectrum = fourierTransform({ real, imaginary: new Float64Array(level.length) })
  const powers = new Float64Array((level.length >> 1) + 1)
  let total = 0
  for (let k = 1; k < powers.length; k++) {
    powers[k] = (spectrum.real[k] as number) ** 2 + (spectrum.imaginary[k] as number) ** 2
    total += powers[k] as number
  }
  return total > 0 ? powers.map((power) => power / total) : powers
}

// What lies at n / length cycles and its multiples, each with its two neighbours: a cycle seldom fits the series exactly.
function powerAt(powers: Float64Array, n: number, length: number): number {
  const taken = new Uint8Array(powers.length)
  let sum = 0
  for (let frequency = n / length; frequency < powers.length; frequency += n / length) {
    const centre = Math.round(frequency)
    for (let k = Math.max(1, centre - 1); k <= Math.min(powers.length - 1, centre + 1); k++) {
      if (taken[k] === 1) continue
      taken[k] = 1
      sum += powers[k] as number
    }
  }
  return Math.min(1, sum)
}
