import { inverseNormOf, meanOf } from './matrix-profile/window-statistics.ts'
import type { SeriesScores } from './time-series-detector.ts'

/** A stretch of a series beside the one that it should have looked like. */
export interface NearestShape {
  /** Where the stretch begins. */
  readonly at: number
  /** Where the one begins that is most like it. */
  readonly nearestAt: number
  /** Shape (window). */
  readonly shape: Float64Array
  /** The other one, brought to the mean and spread of the stretch; shape (window). */
  readonly nearest: Float64Array
  /** What is off at each of its points; shape (window). */
  readonly difference: Float64Array
}

/**
 * Why a point of a series scores as it does under a method that compares whole shapes: its surroundings beside the most similar
 * other stretch of the series.
 * @param result - what the method answered about `values`
 * @param point - 0 to n - 1
 * @returns undefined where the method compares no shapes, or there was none to compare with
 */
export function nearestShape(values: Float64Array, result: SeriesScores, point: number): NearestShape | undefined {
  const { window, nearest } = result
  if (window === undefined || nearest === undefined) return undefined
  const at = Math.max(0, Math.min(point - (window >> 1), nearest.length - 1))
  const nearestAt = nearest[at] ?? -1
  if (nearestAt === -1) return undefined
  const shape = values.slice(at, at + window)
  const other = values.subarray(nearestAt, nearestAt + window)
  const [mean, otherMean] = [meanOf(shape, 0, window), meanOf(other, 0, window)]
  const scale = inverseNormOf(other, 0, window, otherMean) / inverseNormOf(shape, 0, window, mean)
  const factor = Number.isFinite(scale) ? scale : 0
  const scaled = Float64Array.from(other, (value) => mean + (value - otherMean) * factor)
  return { at, nearestAt, shape, nearest: scaled, difference: shape.map((value, k) => value - (scaled[k] as number)) }
}
