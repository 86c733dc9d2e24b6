import { AnomalyDetectionError } from '../../errors.ts'
import type { Matrix } from '../../matrix.ts'
import { sampleWithoutReplacement } from '../../numeric/sample.ts'

/**
 * Refuses two samples of rows that cannot be compared.
 * @throws AnomalyDetectionError `shape-mismatch`, `empty-dataset` with fewer than `least` rows on a side, `non-finite`
 */
export function refuseUnfit(x: Matrix, y: Matrix, least: number): void {
  if (x.columns !== y.columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `one sample has ${x.columns} columns, the other ${y.columns}`,
      { columns: [x.columns, y.columns] },
    )
  }
  if (x.rows < least || y.rows < least) {
    throw new AnomalyDetectionError(
      'anomaly-detection/empty-dataset',
      `the samples have ${x.rows} and ${y.rows} rows; the test needs ${least} of each`,
      { rows: [x.rows, y.rows] },
    )
  }
  for (const { data } of [x, y]) {
    const bad = data.findIndex((value) => !Number.isFinite(value))
    if (bad === -1) continue
    const [row, column] = [Math.floor(bad / x.columns), bad % x.columns]
    throw new AnomalyDetectionError(
      'anomaly-detection/non-finite',
      `row ${row}, column ${column} is ${data[bad]}; a finite number is needed`,
      { row, column },
    )
  }
}

/** At most `maxRows` of the rows, drawn by `random`; the same rows where there are no more. */
export function thinned(x: Matrix, maxRows: number, random: () => number): Matrix {
  return x.rows <= maxRows ? x : rowsOf(x, sampleWithoutReplacement(x.rows, maxRows, random))
}

/** Some of the rows, in the order asked for. */
export function rowsOf({ data, columns }: Matrix, rows: Int32Array): Matrix {
  const chosen = new Float64Array(rows.length * columns)
  rows.forEach((row, at) => chosen.set(data.subarray(row * columns, (row + 1) * columns), at * columns))
  return { data: chosen, rows: rows.length, columns }
}

/** The rows of one sample, and after them those of the other. */
export function stacked(x: Matrix, y: Matrix): Matrix {
  const data = new Float64Array((x.rows + y.rows) * x.columns)
  data.set(x.data)
  data.set(y.data, x.rows * x.columns)
  return { data, rows: x.rows + y.rows, columns: x.columns }
}
