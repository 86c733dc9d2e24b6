import type { Expectation } from './expectation.ts'

/** The columns that an expectation names, in its order; empty for the table as a whole. */
export function subjectColumns({ kwargs }: Expectation): ReadonlyArray<string> {
  const { column, columnA, columnB, columnList } = kwargs
  if (typeof column === 'string') return [column]
  if (typeof columnA === 'string') return [columnA, ...(typeof columnB === 'string' ? [columnB] : [])]
  return Array.isArray(columnList) ? columnList.filter((name) => typeof name === 'string') : []
}

/** What an expectation is about, for people: its column or columns, empty for the table. */
export function subjectOf(expectation: Expectation): string {
  return subjectColumns(expectation).join(', ')
}
