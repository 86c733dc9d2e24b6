import type { Dataset } from './dataset.ts'
import { AnomalyDetectionError } from './errors.ts'
import { copyColumn } from './numeric/column.ts'
import { median } from './numeric/order-statistic.ts'

/** What to do with a missing value: refuse the data, leave its row out, or put the column's median in its place. */
export type MissingPolicy = 'reject' | 'drop' | 'median'

/**
 * Applies the policy to NaN, and refuses infinities under every policy. The input stays as it is.
 * @throws AnomalyDetectionError `missing-value` or `non-finite` for the first such value, row by row; `empty-dataset`
 *   where no row is left; `missing-value` where a column has no value to take a median of
 */
export function resolveMissing(source: Dataset, policy: MissingPolicy): Dataset {
  const first = firstNonFinite(source.data)
  if (first === -1) return source
  refuseInfinities(source, first)
  switch (policy) {
    case 'reject':
      throw missingValue(source, first)
    case 'drop':
      return dropRows(source)
    case 'median':
      return imputeMedian(source)
  }
}

/** The index of the first NaN or infinity, or -1. */
export function firstNonFinite(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number
    if (value - value !== 0) return i
  }
  return -1
}

function refuseInfinities({ data, columns, features }: Dataset, from: number): void {
  for (let i = from; i < data.length; i++) {
    const value = data[i] as number
    if (value === Infinity || value === -Infinity) {
      const [row, column] = [Math.floor(i / columns), i % columns]
      throw new AnomalyDetectionError(
        'anomaly-detection/non-finite',
        `row ${row}, column '${features[column]}' is ${value}; a finite number is needed`,
        { row, column, feature: features[column] },
      )
    }
  }
}

function missingValue({ columns, features }: Dataset, index: number): AnomalyDetectionError {
  const [row, column] = [Math.floor(index / columns), index % columns]
  return new AnomalyDetectionError(
    'anomaly-detection/missing-value',
    `row ${row}, column '${features[column]}' has no value; fill it, or choose to drop such rows or to take the column's median (missing: 'drop' or 'median')`,
    { row, column, feature: features[column] },
  )
}

function dropRows(source: Dataset): Dataset {
  const { data, rows, columns, features } = source
  const kept = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    if (firstNonFinite(data.subarray(row * columns, (row + 1) * columns)) === -1) kept[count++] = row
  }
  if (count === 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/empty-dataset',
      `each of the ${rows} rows lacks a value, so dropping such rows leaves none; leave a column out, or take medians`,
      { rows },
    )
  }
  const out = new Float64Array(count * columns)
  for (let to = 0; to < count; to++) {
    const from = (kept[to] as number) * columns
    out.set(data.subarray(from, from + columns), to * columns)
  }
  const sourceRows = kept.slice(0, count).map((row) => source.sourceRows?.[row] ?? row)
  return { data: out, rows: count, columns, features, sourceRows }
}

function imputeMedian(source: Dataset): Dataset {
  const { rows, columns, features } = source
  const data = source.data.slice()
  const values = new Float64Array(rows)
  for (let column = 0; column < columns; column++) {
    copyColumn(source, column, values)
    const present = values.filter((value) => !Number.isNaN(value))
    if (present.length === rows) continue
    if (present.length === 0) {
      throw new AnomalyDetectionError(
        'anomaly-detection/missing-value',
        `column '${features[column]}' has no value at all, so it has no median; leave it out`,
        { column, feature: features[column] },
      )
    }
    const filler = median(present)
    for (let at = column; at < data.length; at += columns) if (Number.isNaN(data[at])) data[at] = filler
  }
  return { ...source, data }
}
