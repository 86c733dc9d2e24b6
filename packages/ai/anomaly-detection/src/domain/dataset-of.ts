import type { Dataset } from './dataset.ts'
import { AnomalyDetectionError } from './errors.ts'
import type { Matrix } from './matrix.ts'
import { type MissingPolicy, resolveMissing } from './missing-values.ts'
import { unknownColumn } from './unknown-column.ts'

/** How a data set is read. */
export interface DatasetOptions {
  /** Names of the columns, in order; default `column_1`, `column_2`, ... or the names the source has. */
  readonly features?: ReadonlyArray<string>
  /** What to do with null, undefined and NaN; default `'reject'`. Infinities are always rejected. */
  readonly missing?: MissingPolicy
}

/** One value as it may stand in a row or record; null, undefined and NaN are missing. */
export type Cell = number | boolean | null | undefined

/**
 * A data set over a flat matrix. The data are taken over, not copied, unless a missing value has to be mended.
 * @param matrix - row-major; NaN is missing
 * @throws AnomalyDetectionError `empty-dataset`, `shape-mismatch`, `missing-value`, `non-finite`, with `details.row`
 *   and `details.column` (0-based) of the first bad value
 */
export function datasetOf(matrix: Matrix, options: DatasetOptions = {}): Dataset {
  const { data, rows, columns } = matrix
  const features = options.features ?? Array.from({ length: columns }, (_, i) => `column_${i + 1}`)
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || data.length !== rows * columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `${rows} rows of ${columns} columns need ${rows * columns} values, but there are ${data.length}`,
      { rows, columns, values: data.length },
    )
  }
  if (rows === 0 || columns === 0) {
    const lacks = rows === 0 ? 'row' : 'column'
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', `a data set needs at least one ${lacks}`, {
      rows,
      columns,
    })
  }
  if (features.length !== columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `${columns} columns need ${columns} feature names, but there are ${features.length}`,
      { columns, features: features.length },
    )
  }
  return Object.freeze(resolveMissing({ data, rows, columns, features }, options.missing ?? 'reject'))
}

/**
 * A data set from rows of numbers, every row of the same length.
 * @throws as `datasetOf`, and `ragged-row` with `details.row` for the first row of another length
 */
export function datasetFromRows(
  rows: ReadonlyArray<ReadonlyArray<Cell> | Float64Array>,
  options: DatasetOptions = {},
): Dataset {
  const columns = rows[0]?.length ?? options.features?.length ?? 0
  const data = new Float64Array(rows.length * columns)
  rows.forEach((row, index) => {
    if (row.length !== columns) {
      throw new AnomalyDetectionError(
        'anomaly-detection/ragged-row',
        `row ${index} has ${row.length} values, but the rows before it have ${columns}`,
        { row: index, found: row.length, expected: columns },
      )
    }
    for (let column = 0; column < columns; column++) {
      data[index * columns + column] = cellOf(row[column], index, options.features?.[column] ?? `column_${column + 1}`)
    }
  })
  return datasetOf({ data, rows: rows.length, columns }, options)
}

/**
 * A data set from plain records. Columns are `options.features`, or else the keys of the first record.
 * @throws as `datasetOf`, and `unknown-column` for a named feature that the first record lacks
 */
export function datasetFromRecords(
  records: ReadonlyArray<Readonly<Record<string, Cell>>>,
  options: DatasetOptions = {},
): Dataset {
  const first = records[0] ?? {}
  const features = options.features ?? Object.keys(first)
  const unknown = records.length === 0 ? undefined : features.find((name) => !Object.hasOwn(first, name))
  if (unknown !== undefined) throw unknownColumn(unknown, Object.keys(first))
  const columns = features.length
  const data = new Float64Array(records.length * columns)
  records.forEach((record, row) => {
    features.forEach((name, column) => {
      data[row * columns + column] = cellOf(record[name], row, name)
    })
  })
  return datasetOf({ data, rows: records.length, columns }, { ...options, features })
}

/**
 * A data set from named columns of equal length.
 * @throws as `datasetOf`, and `shape-mismatch` naming the first column of another length
 */
export function datasetFromColumns(
  columns: Readonly<Record<string, ReadonlyArray<Cell> | Float64Array>>,
  options: DatasetOptions = {},
): Dataset {
  const features = options.features ?? Object.keys(columns)
  const rows = columns[features[0] ?? '']?.length ?? 0
  const data = new Float64Array(rows * features.length)
  features.forEach((name, column) => {
    const values = columns[name]
    if (values === undefined) throw unknownColumn(name, Object.keys(columns))
    if (values.length !== rows) {
      throw new AnomalyDetectionError(
        'anomaly-detection/shape-mismatch',
        `column '${name}' has ${values.length} values, but column '${features[0]}' has ${rows}`,
        { column: name, found: values.length, expected: rows },
      )
    }
    for (let row = 0; row < rows; row++) data[row * features.length + column] = cellOf(values[row], row, name)
  })
  return datasetOf({ data, rows, columns: features.length }, { ...options, features })
}

function cellOf(value: unknown, row: number, feature: string): number {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return Number.NaN
  if (typeof value === 'boolean') return value ? 1 : 0
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `row ${row}, column '${feature}' holds a ${typeof value} where a number should be`,
    { row, column: feature, type: typeof value },
  )
}
