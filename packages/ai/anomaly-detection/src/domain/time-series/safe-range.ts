import { scaleExponentOf } from '../neighbours/binary-scale.ts'
import type { SeriesScores } from './time-series-detector.ts'

/** A series whose squares, and sums of these, are finite and not lost: itself but for extreme magnitudes. */
export interface SafeSeries {
  readonly values: Float64Array
  /** The series was multiplied by 2^exponent. */
  readonly exponent: number
}

/** @param values - finite or NaN */
export function inSafeRange(values: Float64Array): SafeSeries {
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  const exponent = scaleExponentOf(largest)
  return exponent === 0 ? { values, exponent } : { values: values.map((value) => value * 2 ** exponent), exponent }
}

/**
 * What was found in a series in safe range, in the unit of the series itself; beyond the doubles the largest of them.
 * @param hasUnit - whether scores are in the unit of the series, too
 */
export function outOfSafeRange(found: SeriesScores, exponent: number, hasUnit: boolean): SeriesScores {
  if (exponent === 0) return found
  const { scores, expected, lower, upper, limit } = found
  return {
    ...found,
    scores: hasUnit ? scaledBack(scores, exponent) : scores,
    ...(expected && { expected: scaledBack(expected, exponent) }),
    ...(lower && { lower: scaledBack(lower, exponent) }),
    ...(upper && { upper: scaledBack(upper, exponent) }),
    ...(limit !== undefined && { limit: hasUnit ? held(limit * 2 ** -exponent) : limit }),
  }
}

function scaledBack(values: Float64Array, exponent: number): Float64Array {
  return values.map((value) => held(value * 2 ** -exponent))
}

function held(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE))
}
