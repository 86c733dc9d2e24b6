import { AnomalyDetectionError } from '../../errors.ts'
import type { Matrix } from '../../matrix.ts'
import { classifierTest } from './classifier-test.ts'
import type { DriftColumn } from './drift-column.ts'
import type { JointDrift } from './drift-report.ts'
import { maximumMeanDiscrepancy } from './mmd.ts'
import { momentsOf } from './welch.ts'

/** How the columns are compared as one. */
export interface JointDriftOptions {
  readonly method: 'mmd' | 'classifier'
  readonly alpha: number
  readonly seed: number
  readonly permutations: number
}

/**
 * Compares all number columns of two tables as one, which also sees how they go together.
 * @param pairs - the columns, of the reference and of the current table
 * @throws AnomalyDetectionError `no-numeric-column`; `empty-dataset` where too few rows lack no number
 */
export function jointDrift(
  pairs: ReadonlyArray<readonly [DriftColumn, DriftColumn]>,
  { method, alpha, seed, permutations }: JointDriftOptions,
): JointDrift {
  const numbers = pairs.flatMap(([a, b]) => (a.kind === 'number' && b.kind === 'number' ? [[a, b] as const] : []))
  if (numbers.length === 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/no-numeric-column',
      'no column has numbers in both tables; a joint test compares numbers',
    )
  }
  const scales = numbers.map(([a]) => scaleOf(a.values))
  const x = completeRows(
    numbers.map(([a]) => a.values),
    scales,
  )
  const y = completeRows(
    numbers.map(([, b]) => b.values),
    scales,
  )
  const { statistic, pValue } =
    method === 'mmd' ? maximumMeanDiscrepancy(x, y, { seed, permutations }) : classifierTest(x, y, { seed })
  return { method, features: numbers.map(([a]) => a.name), statistic, pValue, drifted: pValue < alpha }
}

interface Scale {
  readonly mean: number
  readonly sd: number
}

function scaleOf(values: Float64Array): Scale {
  const { mean, variance } = momentsOf(values.filter((value) => !Number.isNaN(value)))
  return { mean, sd: Math.sqrt(variance) || 1 }
}

function completeRows(columns: ReadonlyArray<Float64Array>, scales: ReadonlyArray<Scale>): Matrix {
  const all = columns[0]?.length ?? 0
  const data: number[] = []
  for (let row = 0; row < all; row++) {
    if (columns.some((values) => Number.isNaN(values[row]))) continue
    for (const [index, values] of columns.entries()) {
      const { mean, sd } = scales[index] as Scale
      data.push(((values[row] as number) - mean) / sd)
    }
  }
  return { data: Float64Array.from(data), rows: data.length / columns.length, columns: columns.length }
}
