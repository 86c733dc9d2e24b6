import { takeSample } from '../sample.ts'

/**
 * As `takeSample`, with NaN for what is not known.
 * @returns how many numbers are not known
 * @throws AnomalyDetectionError `shape-mismatch`, `non-finite`
 */
export function takeIncompleteSample(sample: ArrayLike<number>, into: Float64Array): number {
  let missing = 0
  for (let k = 0; k < sample.length; k++) if (Number.isNaN(sample[k])) missing++
  if (missing === 0) {
    takeSample(sample, into)
    return 0
  }
  const known = Array.from(sample, (value) => (Number.isNaN(value) ? 0 : value))
  takeSample(known, into)
  for (let k = 0; k < sample.length; k++) if (Number.isNaN(sample[k])) into[k] = Number.NaN
  return missing
}
