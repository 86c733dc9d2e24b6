import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { DetectFlags } from './command-flags.ts'

const OF_SERIES = ['value', 'key', 'period', 'step', 'aggregate', 'order', 'smooth'] as const
const OF_TABLES = [
  'columns',
  'encode',
  'label',
  'missing',
  'combine',
  'unify',
  'weights',
  'standardize',
  'confidence',
  'explain',
] as const

/** @throws AnomalyDetectionError `invalid-options` for a flag that makes sense with `--time` alone */
export function refuseWithoutTime(flags: DetectFlags): void {
  const given = OF_SERIES.find((flag) => flags[flag] !== undefined)
  if (given !== undefined) throw refusal(`--${given} is about time series: give --time COLUMN, too`, given)
}

/** @throws AnomalyDetectionError `invalid-options` for a flag that makes no sense with `--time` */
export function refuseWithTime(flags: DetectFlags): void {
  const given = OF_TABLES.find((flag) => flags[flag] !== undefined)
  if (given !== undefined) throw refusal(`--${given} does not go with --time, which takes one column of values`, given)
}

function refusal(message: string, option: string): AnomalyDetectionError {
  return new AnomalyDetectionError('anomaly-detection/invalid-options', message, { option })
}
