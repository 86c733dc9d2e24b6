/**
 * How far a value lies from the middle of its column, in robust standard deviations: which features of a row stand out.
 * Source: B. Iglewicz, D. Hoaglin (1993), How to Detect and Handle Outliers: the modified z-score, and its fallback to
 * the mean absolute deviation where more than half of the values are equal.
 */
import type { Dataset } from './dataset.ts'
import { copyColumn } from './numeric/column.ts'
import { median } from './numeric/order-statistic.ts'

const MAD_TO_SD = 1.4826 // 1 / Phi^-1(3/4)
const MEAN_DEVIATION_TO_SD = 1.2533 // sqrt(pi / 2)

/** One feature of one row against its column. */
export interface FeatureDeviation {
  readonly feature: string
  readonly value: number
  /** Signed, in robust standard deviations: positive is above the column's median. 0 in a constant column. */
  readonly deviation: number
}

/** Medians and robust standard deviations of the columns, shapes (d); a spread of 0 marks a constant column. */
export interface ColumnCenters {
  readonly features: ReadonlyArray<string>
  readonly medians: Float64Array
  readonly spreads: Float64Array
}

/** Measures the middle and the spread of every column. */
export function columnCentersOf(dataset: Dataset): ColumnCenters {
  const { rows, columns, features } = dataset
  const medians = new Float64Array(columns)
  const spreads = new Float64Array(columns)
  const values = new Float64Array(rows)
  for (let column = 0; column < columns; column++) {
    copyColumn(dataset, column, values)
    const center = median(values)
    let total = 0
    for (let row = 0; row < rows; row++) {
      values[row] = Math.abs((values[row] as number) - center)
      total += values[row] as number
    }
    const mad = median(values)
    medians[column] = center
    spreads[column] = mad > 0 ? mad * MAD_TO_SD : (total / rows) * MEAN_DEVIATION_TO_SD
  }
  return { features, medians, spreads }
}

/**
 * The features of a row that lie furthest out, the furthest first.
 * @param values - the row, shape (d)
 * @param limit - how many at most
 */
export function deviationsOf(
  centers: ColumnCenters,
  values: Float64Array,
  limit: number,
): ReadonlyArray<FeatureDeviation> {
  return centers.features
    .map((feature, column) => {
      const value = values[column] as number
      const spread = centers.spreads[column] as number
      return { feature, value, deviation: spread > 0 ? (value - (centers.medians[column] as number)) / spread : 0 }
    })
    .filter(({ deviation }) => deviation !== 0)
    .sort((a, b) => Math.abs(b.deviation) - Math.abs(a.deviation))
    .slice(0, limit)
}
