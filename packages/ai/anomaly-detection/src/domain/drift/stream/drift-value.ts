import { AnomalyDetectionError } from '../../errors.ts'

const LARGEST = 1e150 // its square is finite, and so is the sum of as many squares as ever come

/** @throws AnomalyDetectionError `non-finite` where it is no finite number, or too large to be squared */
export function checkValue(value: number): void {
  if (value <= LARGEST && value >= -LARGEST) return
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `the value is ${value}; a drift detector reads finite numbers from -1e150 to 1e150`,
    { value },
  )
}

/** @throws AnomalyDetectionError `non-finite`; `invalid-label` where it is a number but neither 0 nor 1 */
export function checkError(value: number): void {
  if (value === 0 || value === 1) return
  checkValue(value)
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    `the value is ${value}; this detector reads errors, 1 where a prediction was wrong and 0 where it was right`,
    { value },
  )
}

/** @throws AnomalyDetectionError `non-finite`; `invalid-label` where it is a number outside [0, 1] */
export function checkShare(value: number): void {
  if (value >= 0 && value <= 1) return
  checkValue(value)
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    `the value is ${value}; this detector reads numbers from 0 to 1, such as an error, a loss or a probability`,
    { value },
  )
}
