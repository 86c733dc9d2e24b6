import { AnomalyDetectionError } from '../../errors.ts'

/**
 * A sorted copy, as the tests of two samples need it.
 * @param values - shape (n)
 * @throws AnomalyDetectionError `empty-dataset` without values, `non-finite`
 */
export function ascending(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0)
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', 'a sample has no value; it needs at least one')
  // NaN sorts to the end, infinities to either end
  const bad = [sorted[0], sorted[sorted.length - 1]].find((value) => !Number.isFinite(value))
  if (bad === undefined) return sorted
  throw new AnomalyDetectionError('anomaly-detection/non-finite', `a sample holds ${bad}; its numbers are finite`, {
    value: bad,
  })
}
