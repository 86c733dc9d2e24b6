/** Columns by mask: 30 to each, so that every engine's whole numbers hold them. */
export function maskGroups(columns: number): ReadonlyArray<ReadonlyArray<number>> {
  return Array.from({ length: Math.ceil(columns / 30) }, (_, i) =>
    Array.from({ length: Math.min(30, columns - i * 30) }, (_unused, j) => i * 30 + j),
  )
}

/** Order of two lists of missing columns (positions, ascending) by their masks: the first 30 columns weigh most, late ones more. */
export function compareMissing(a: ReadonlyArray<number>, b: ReadonlyArray<number>, columns: number): number {
  for (const group of maskGroups(columns)) {
    const difference = maskOf(a, group) - maskOf(b, group)
    if (difference !== 0) return difference
  }
  return 0
}

function maskOf(missing: ReadonlyArray<number>, group: ReadonlyArray<number>): number {
  return group.reduce((mask, column, bit) => (missing.includes(column) ? mask + 2 ** bit : mask), 0)
}
