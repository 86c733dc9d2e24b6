import type { FunctionalDependency } from '../profile.ts'
import type { CodedColumn } from './coded-columns.ts'

const MOST_FOUND = 100
/** A determinant with more different values than this share of the rows explains every column by chance. */
const NEARLY_UNIQUE = 0.5

/**
 * Which column fixes another one, but for a share of rows: g3, the share that would have to go.
 * Source: J. Kivinen, H. Mannila (1995), Approximate inference of functional dependencies from relations. A missing value is a
 * value. Left out: constant columns, determinants that are nearly unique, and dependents that their own commonest value
 * explains as well.
 * @returns least error first, at most 100
 */
export function functionalDependencies(
  columns: ReadonlyArray<CodedColumn>,
  rows: number,
  mostError: number,
): ReadonlyArray<FunctionalDependency> {
  const determinants = columns.filter(({ distinct }) => distinct > 1 && distinct <= rows * NEARLY_UNIQUE)
  const dependents = columns.filter(({ distinct }) => distinct > 1)
  const found: Array<FunctionalDependency> = []
  for (const determinant of determinants) {
    for (const dependent of dependents) {
      if (dependent === determinant || dependent.distinct > determinant.distinct + mostError * rows) continue
      const error = g3(determinant, dependent, rows)
      if (error <= mostError && error < commonestError(dependent, rows) / 2) {
        found.push({ determinant: [determinant.name], dependent: dependent.name, error, rows })
      }
    }
  }
  return found.sort((a, b) => a.error - b.error).slice(0, MOST_FOUND)
}

function g3(determinant: CodedColumn, dependent: CodedColumn, rows: number): number {
  const counts = new Map<number, number>()
  const kept = new Uint32Array(determinant.distinct)
  for (let row = 0; row < rows; row++) {
    const code = determinant.codes[row] ?? 0
    const pair = code * dependent.distinct + (dependent.codes[row] ?? 0)
    const count = (counts.get(pair) ?? 0) + 1
    counts.set(pair, count)
    kept[code] = Math.max(kept[code] ?? 0, count)
  }
  return 1 - kept.reduce((sum, count) => sum + count, 0) / rows
}

function commonestError({ codes, distinct }: CodedColumn, rows: number): number {
  const counts = new Uint32Array(distinct)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  return 1 - Math.max(...counts) / rows
}
