import { type CodedColumn, combined } from './coded-columns.ts'

const MOST_CANDIDATES = 10
const MOST_COLUMNS = 3
/** Column sets looked at, at most: beyond, the search ends and says no more. */
const MOST_TRIED = 1000

/**
 * Sets of two or three columns that tell all rows of a sample apart, none of which can be left out. Columns with missing
 * values, and those that are keys alone, are not considered. Sets of the columns with most different values come first.
 * @returns at most 10; a key of the sample need not be one of the table
 */
export function wideKeys(columns: ReadonlyArray<CodedColumn>, rows: number): ReadonlyArray<ReadonlyArray<string>> {
  const usable = columns
    .filter(({ nulls, distinct }) => nulls === 0 && distinct > 1 && distinct < rows)
    .toSorted((a, b) => b.distinct - a.distinct)
  const found: Array<ReadonlyArray<string>> = []
  let tried = 0
  let level = usable.map((column, last) => ({ column, names: [column.name], last }))
  for (let width = 2; width <= MOST_COLUMNS && found.length < MOST_CANDIDATES; width++) {
    const next: typeof level = []
    for (const { column, names, last } of level) {
      for (let i = last + 1; i < usable.length && tried < MOST_TRIED && found.length < MOST_CANDIDATES; i++) {
        const other = usable[i]
        if (other === undefined) continue
        // Even with the largest columns that may still join.
        const reach = column.distinct * other.distinct * (usable[i + 1]?.distinct ?? 1) ** (MOST_COLUMNS - width)
        if (reach < rows) continue
        const set = [...names, other.name]
        if (found.some((key) => key.every((name) => set.includes(name)))) continue
        tried++
        const both = combined(column, other)
        if (both.distinct === rows) found.push(set)
        else if (width < MOST_COLUMNS) next.push({ column: both, names: set, last: i })
      }
    }
    level = next
  }
  return rows < 2 ? [] : found
}
