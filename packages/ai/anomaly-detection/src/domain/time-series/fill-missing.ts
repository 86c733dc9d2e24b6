import { AnomalyDetectionError } from '../errors.ts'

/**
 * NaN replaced by the line between the values on both sides, at the ends by the nearest value; the series itself where nothing
 * is missing.
 * @throws AnomalyDetectionError `missing-value` where all are
 */
export function fillMissing(values: Float64Array): Float64Array {
  if (!values.some(Number.isNaN)) return values
  const filled = values.slice()
  let before = -1
  for (let at = 0; at <= values.length; at++) {
    if (at < values.length && Number.isNaN(values[at])) continue
    if (at - before > 1) fillBetween(filled, before, at)
    before = at
  }
  return filled
}

// The points between two that are there; an index outside stands for the end of the series.
function fillBetween(values: Float64Array, before: number, after: number): void {
  const [left, right] = [values[before], values[after]]
  if (left === undefined && right === undefined) {
    throw new AnomalyDetectionError('anomaly-detection/missing-value', 'every point of the series is missing')
  }
  const [from, to] = [left ?? (right as number), right ?? (left as number)]
  for (let at = before + 1; at < after; at++) {
    const share = (at - before) / (after - before)
    values[at] = from * (1 - share) + to * share
  }
}
