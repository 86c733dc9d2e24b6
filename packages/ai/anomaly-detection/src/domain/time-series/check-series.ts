import { AnomalyDetectionError } from '../errors.ts'

/**
 * @param values - shape (n)
 * @param least - the fewest points that will do
 * @throws AnomalyDetectionError `series-too-short`; `missing-value` or `non-finite` for the first such point
 */
export function checkSeries(values: Float64Array, least: number, method: string): void {
  if (values.length < least) throw tooShort(values.length, least, method)
  const at = values.findIndex((value) => !Number.isFinite(value))
  if (at === -1) return
  const value = values[at] as number
  throw new AnomalyDetectionError(
    Number.isNaN(value) ? 'anomaly-detection/missing-value' : 'anomaly-detection/non-finite',
    Number.isNaN(value)
      ? `point ${at} has no value, which ${method} cannot do without: fill gaps first, see regularGrid`
      : `point ${at} is ${value}; a finite number is needed`,
    { row: at },
  )
}

/** An error that says how many points a method needs. */
export function tooShort(points: number, needed: number, method: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/series-too-short',
    `${points} points are too few for ${method}: it needs ${needed}`,
    { points, needed },
  )
}
