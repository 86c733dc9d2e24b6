/** What rows are ordered by. */
export type SortKey = string | number | null | undefined

/** Rows in the order of a key; what has none comes last, equal ones keep their order. */
export function sorted<T>(rows: ReadonlyArray<T>, keyOf: (row: T) => SortKey, isDescending: boolean): ReadonlyArray<T> {
  const sign = isDescending ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one) ?? null, keyOf(other) ?? null]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * String(a).localeCompare(String(b), 'en', { numeric: true })
  })
}
