import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { sampleWithoutReplacement } from '../../domain/numeric/sample.ts'
import { FEWEST_BACKGROUND_ROWS } from './explanation-options.ts'

/** @throws AnomalyDetectionError `background-too-small` @param what - what needs it */
export function checkBackground({ rows }: Dataset, what: string): void {
  if (rows >= FEWEST_BACKGROUND_ROWS) return
  throw new AnomalyDetectionError(
    'anomaly-detection/background-too-small',
    `${what} needs at least ${FEWEST_BACKGROUND_ROWS} rows that show what is usual, and there ${rows === 1 ? 'is 1' : `are ${rows}`}; ` +
      'give more rows, or a background',
    { rows, fewest: FEWEST_BACKGROUND_ROWS },
  )
}

/** At most so many rows, drawn by lot. */
export function sampledRows(x: Matrix, limit: number, random: () => number): Matrix {
  if (x.rows <= limit) return x
  const chosen = sampleWithoutReplacement(x.rows, limit, random)
  const data = new Float64Array(limit * x.columns)
  for (const [i, row] of chosen.entries()) {
    data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), i * x.columns)
  }
  return { data, rows: limit, columns: x.columns }
}

/** Means and population standard deviations of the columns, shapes (d). */
export function meansAndDeviations({ data, rows, columns }: Matrix): {
  readonly means: Float64Array
  readonly deviations: Float64Array
} {
  const means = new Float64Array(columns)
  const deviations = new Float64Array(columns)
  for (let column = 0; column < columns; column++) {
    let mean = 0
    for (let at = column; at < data.length; at += columns) mean += (data[at] as number) / rows
    let variance = 0
    for (let at = column; at < data.length; at += columns) variance += ((data[at] as number) - mean) ** 2 / rows
    means[column] = mean
    // rounding must not make a constant column vary
    deviations[column] = variance > (mean * Number.EPSILON) ** 2 * rows ? Math.sqrt(variance) : 0
  }
  return { means, deviations }
}
