import { numberOf } from '../cell-number.ts'
import { isNumeric, type TableSample } from '../cell.ts'
import type { Interaction } from '../profile.ts'
import { binnedCategories } from './contingency-table.ts'

const BINS = 16
const MOST_COLUMNS = 8

/**
 * How often values of two numeric columns meet, in bins of equal width, for a picture: pairs of the first 8 numeric columns.
 */
export function interactions(sample: TableSample): ReadonlyArray<Interaction> {
  const columns = sample.columns
    .filter(({ kind }) => isNumeric(kind))
    .map(({ name, values }) => {
      const numbers = Float64Array.from(values, (value) =>
        Number.isFinite(numberOf(value)) ? numberOf(value) : Number.NaN,
      )
      const present = numbers.filter((value) => !Number.isNaN(value))
      const [min, max] = [
        present.reduce((a, b) => Math.min(a, b), Infinity),
        present.reduce((a, b) => Math.max(a, b), -Infinity),
      ]
      return { name, min, max, codes: binnedCategories(numbers, BINS).codes }
    })
    .filter(({ min, max }) => min < max)
    .slice(0, MOST_COLUMNS)
  return columns.flatMap((x, i) =>
    columns.slice(i + 1).map((y) => ({
      x: { column: x.name, min: x.min, max: x.max },
      y: { column: y.name, min: y.min, max: y.max },
      bins: BINS,
      counts: meetings(x.codes, y.codes),
      rows: sample.rows,
    })),
  )
}

function meetings(x: Int32Array, y: Int32Array): ReadonlyArray<number> {
  const counts = Array.from({ length: BINS * BINS }, () => 0)
  for (let i = 0; i < x.length; i++) {
    const [column, row] = [x[i] ?? -1, y[i] ?? -1]
    if (column >= 0 && row >= 0) counts[row * BINS + column] = (counts[row * BINS + column] ?? 0) + 1
  }
  return counts
}
