/** A numeric column with its order worked out once, so that pairs need no sort of their own. */
export interface RankedColumn {
  /** One a row; NaN where there is no finite value. */
  readonly values: Float64Array
  /** Rows with a value, ascending by value, ties by row. */
  readonly order: Uint32Array
  /** Ranks of a column without gaps, which hold beside any other such column. */
  readonly ranks?: Float64Array
}

/** @param values - shape (n), NaN for missing; infinities count as missing */
export function rankedColumn(values: ArrayLike<number>): RankedColumn {
  const kept = Float64Array.from(values, (value) => (Number.isFinite(value) ? value : Number.NaN))
  const rows = Array.from(kept.keys()).filter((row) => !Number.isNaN(kept[row]))
  const order = Uint32Array.from(rows).sort((a, b) => (kept[a] ?? 0) - (kept[b] ?? 0) || a - b)
  return order.length === kept.length ? { values: kept, order, ranks: ranksOf(kept, order) } : { values: kept, order }
}

/**
 * Ranks from 1, equal values their mean rank, among the rows where `other` has a value too.
 * @returns shape (n); NaN for rows that are left out
 */
export function pairedRanks(column: RankedColumn, other: RankedColumn): Float64Array {
  if (column.ranks !== undefined && other.ranks !== undefined) return column.ranks
  return ranksOf(
    column.values,
    column.order.filter((row) => !Number.isNaN(other.values[row] ?? Number.NaN)),
  )
}

function ranksOf(values: Float64Array, order: Uint32Array): Float64Array {
  const ranks = new Float64Array(values.length).fill(Number.NaN)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++
    for (let i = from; i < to; i++) ranks[order[i] ?? 0] = (from + to + 1) / 2
    from = to
  }
  return ranks
}
