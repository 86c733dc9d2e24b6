/**
 * How far a value lies from the middle of its column, in robust standard deviations: which features of a row stand out.
 * Source: B. Iglewicz, D. Hoaglin (1993), How to Detect and Handle Outliers: the modified z-score, and its fallback to
 * the mean absolute deviation where more than half of the values are equal.
 */
import type { Dataset } from './dataset.ts'
import { BracketedRank, WORTH_A_BRACKET } from './numeric/bracketed-rank.ts'
import { copyColumn } from './numeric/column.ts'
import { betweenRanks, median } from './numeric/order-statistic.ts'

const MAD_TO_SD = 1.4826 // 1 / Phi^-1(3/4)
const BLOCK_VALUES = 8192
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
  const medians = mediansOf(dataset)
  const spreads = mediansOf(dataset, medians)
  for (let column = 0; column < columns; column++) {
    const mad = spreads[column] as number
    const center = medians[column] as number
    spreads[column] = mad > 0 ? mad * MAD_TO_SD : (totalDistance(dataset, column, center) / rows) * MEAN_DEVIATION_TO_SD
  }
  return { features, medians, spreads }
}

// The medians of the columns, or those of the distances from a center in each.
function mediansOf(dataset: Dataset, centers?: Float64Array): Float64Array {
  const { data, rows, columns } = dataset
  const position = 0.5 * (rows - 1)
  const k = Math.floor(position)
  const brackets = Array.from({ length: rows < WORTH_A_BRACKET ? 0 : columns }, (_, column) => {
    const center = centers?.[column]
    const valueAt = (row: number): number => data[row * columns + column] as number
    return new BracketedRank(rows, k, center === undefined ? valueAt : (row) => Math.abs(valueAt(row) - center))
  })
  const block = Math.ceil(BLOCK_VALUES / columns) * columns // stays in the cache while one column after another is visited
  for (let start = 0; start < data.length && brackets.length > 0; start += block) {
    const end = Math.min(data.length, start + block)
    brackets.forEach((bracket, column) => bracket.add(data, start + column, end, columns, centers?.[column]))
  }
  return Float64Array.from({ length: columns }, (_, column) => {
    const found = brackets[column]?.ranks()
    return found === undefined
      ? median(columnOf(dataset, column, centers?.[column]))
      : betweenRanks(found.lower, found.upper, position - k)
  })
}

function columnOf(dataset: Dataset, column: number, center: number | undefined): Float64Array {
  const values = new Float64Array(dataset.rows)
  copyColumn(dataset, column, values)
  return center === undefined ? values : values.map((value) => Math.abs(value - center))
}

function totalDistance({ data, columns }: Dataset, column: number, center: number): number {
  let total = 0
  for (let at = column; at < data.length; at += columns) total += Math.abs((data[at] as number) - center)
  return total
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
