/** A column as the numbers of its categories, 0 to `size` - 1; -1 where there is no value. */
export interface Categories {
  readonly codes: Int32Array
  readonly size: number
}

/** How often categories of two columns meet, without rows or columns that are empty. */
export interface ContingencyTable {
  readonly rows: number
  readonly columns: number
  /** Row-major. */
  readonly counts: Float64Array
  readonly rowSums: Float64Array
  readonly columnSums: Float64Array
  readonly total: number
}

/** Categories of values of any kind, in the order in which they appear; null is none. */
export function categoriesOf(values: ReadonlyArray<string | number | bigint | boolean | null>): Categories {
  const seen = new Map<unknown, number>()
  const codes = Int32Array.from(values, (value) => {
    if (value === null) return -1
    const code = seen.get(value) ?? seen.size
    seen.set(value, code)
    return code
  })
  return { codes, size: seen.size }
}

/** Bins of equal width between the least and the greatest value, as phik cuts them: upper edges belong to a bin. */
export function binnedCategories(values: Float64Array, bins: number): Categories {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  const width = (max - min) / bins
  const codes = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1
    return width > 0 ? Math.min(bins - 1, Math.max(0, Math.ceil((value - min) / width) - 1)) : 0
  })
  return { codes, size: bins }
}

/** Counts of the pairs over the rows where both have a category. */
export function contingencyTable(x: Categories, y: Categories): ContingencyTable {
  const all = new Float64Array(x.size * y.size)
  for (let i = 0; i < x.codes.length; i++) {
    const [row, column] = [x.codes[i] ?? -1, y.codes[i] ?? -1]
    if (row >= 0 && column >= 0) all[row * y.size + column] = (all[row * y.size + column] ?? 0) + 1
  }
  const rowSums = new Float64Array(x.size)
  const columnSums = new Float64Array(y.size)
  let total = 0
  for (const [at, count] of all.entries()) {
    const [row, column] = [Math.floor(at / y.size), at % y.size]
    rowSums[row] = (rowSums[row] ?? 0) + count
    columnSums[column] = (columnSums[column] ?? 0) + count
    total += count
  }
  const keptRows = [...rowSums.keys()].filter((row) => rowSums[row] !== 0)
  const keptColumns = [...columnSums.keys()].filter((column) => columnSums[column] !== 0)
  return {
    rows: keptRows.length,
    columns: keptColumns.length,
    counts: Float64Array.from(keptRows.flatMap((row) => keptColumns.map((column) => all[row * y.size + column] ?? 0))),
    rowSums: Float64Array.from(keptRows, (row) => rowSums[row] ?? 0),
    columnSums: Float64Array.from(keptColumns, (column) => columnSums[column] ?? 0),
    total,
  }
}

/** Pearson's chi-square of independence. With `yates`, tables of 2 by 2 are corrected for continuity, as SciPy does. */
export function chiSquare(table: ContingencyTable, yates = false): number {
  const shrink = yates && table.rows === 2 && table.columns === 2 ? 0.5 : 0
  let sum = 0
  for (let row = 0; row < table.rows; row++) {
    for (let column = 0; column < table.columns; column++) {
      const expected = ((table.rowSums[row] ?? 0) * (table.columnSums[column] ?? 0)) / table.total
      const off = Math.abs((table.counts[row * table.columns + column] ?? 0) - expected)
      sum += (off - Math.min(off, shrink)) ** 2 / expected
    }
  }
  return sum
}
