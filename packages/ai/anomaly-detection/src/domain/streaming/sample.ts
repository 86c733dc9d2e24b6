import { AnomalyDetectionError } from '../errors.ts'

/** Numbers beyond this, either way, count as this: squares of their differences, and sums of many, stay finite. */
export const FARTHEST: number = 2 ** 500

/**
 * Copies a sample to where a detector works on it, -0 as 0.
 * @param into - shape (columns); half written where this throws
 * @throws AnomalyDetectionError `shape-mismatch` where the sample has another length, `missing-value` for NaN, `non-finite`
 *   for an infinity or what is no number
 */
export function takeSample(sample: ArrayLike<number>, into: Float64Array): void {
  const columns = into.length
  if (sample.length !== columns) throw wrongLength(sample.length, columns)
  for (let column = 0; column < columns; column++) {
    const value = sample[column] as number
    into[column] =
      value >= -FARTHEST && value <= FARTHEST && typeof value === 'number' ? value + 0 : farOff(value, column)
  }
}

/** A score as it may be learned from. @throws AnomalyDetectionError `non-finite` */
export function takeScore(score: number): number {
  if (Number.isFinite(score)) return Math.min(FARTHEST, Math.max(-FARTHEST, score)) + 0
  throw new AnomalyDetectionError('anomaly-detection/non-finite', `the score is ${score}; a finite number is needed`)
}

function farOff(value: number, column: number): number {
  if (Number.isFinite(value)) return Math.sign(value) * FARTHEST
  if (Number.isNaN(value))
    throw new AnomalyDetectionError(
      'anomaly-detection/missing-value',
      `value ${column} of the sample is NaN; fill it before this detector sees it, or leave the sample out`,
      { column },
    )
  const found = typeof value === 'number' ? String(value) : `a ${typeof value}`
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `value ${column} of the sample is ${found}; a finite number is needed`,
    { column },
  )
}

function wrongLength(found: number, columns: number): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/shape-mismatch',
    `the sample has ${found} numbers; the detector was made for ${columns}`,
    { found, expected: columns },
  )
}
