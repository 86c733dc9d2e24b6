import type { FunctionalDependency } from '../profile.ts'
import type { CodedColumn } from './coded-columns.ts'

const MOST_FOUND = 100
const MOST_COLUMNS = 300
/** A determinant with more different values than this share of the rows explains every column by chance. */
const NEARLY_UNIQUE = 0.5

/**
 * Which column fixes another one, but for a share of rows: g3, the share that would have to go.
 * Source: J. Kivinen, H. Mannila (1995), Approximate inference of functional dependencies from relations. A missing value is a
 * value. Left out: constant columns, determinants that are nearly unique, and dependents that their own commonest value
 * explains as well, and columns after the first 300 that are not constant.
 * @returns least error first, at most 100
 */
export function functionalDependencies(
  columns: ReadonlyArray<CodedColumn>,
  rows: number,
  mostError: number,
): ReadonlyArray<FunctionalDependency> {
  const dependents = columns.filter(({ distinct }) => distinct > 1).slice(0, MOST_COLUMNS)
  const determinants = dependents.filter(({ distinct }) => distinct <= rows * NEARLY_UNIQUE)
  const found: Array<FunctionalDependency> = []
  for (const determinant of determinants) {
    for (const dependent of dependents) {
      if (dependent === determinant || dependent.distinct > determinant.distinct + mostError * rows) continue
      const error = g3(determinant, dependent, rows, mostError)
      if (error <= mostError && error < commonestError(dependent, rows) / 2) {
        found.push({ determinant: [determinant.name], dependent: dependent.name, error, rows })
      }
    }
  }
  return found.sort((a, b) => a.error - b.error).slice(0, MOST_FOUND)
}

// Ends as soon as more rows break it than may: most pairs do within some hundred rows.
function g3(determinant: CodedColumn, dependent: CodedColumn, rows: number, mostError: number): number {
  const counts = new Map<number, number>()
  const kept = new Uint32Array(determinant.distinct)
  let broken = 0
  for (let row = 0; row < rows; row++) {
    const code = determinant.codes[row] ?? 0
    const pair = code * dependent.distinct + (dependent.codes[row] ?? 0)
    const count = (counts.get(pair) ?? 0) + 1
    counts.set(pair, count)
    if (count > (kept[code] ?? 0)) kept[code] = count
    else if (++broken > mostError * rows) return 1
  }
  return broken / rows
}

function commonestError({ codes, distinct }: CodedColumn, rows: number): number {
  const counts = new Uint32Array(distinct)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return 1 - Math.max(...counts) / rows
}
