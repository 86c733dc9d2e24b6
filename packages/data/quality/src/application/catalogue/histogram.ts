import { allOf, type Condition } from '../../domain/predicate.ts'
import type { TableQuestions } from '../table-questions.ts'

/**
 * Rows by bin, in one scan: below the first edge, each [edge, next edge) with the last edge included, above the last. NaN is nowhere.
 * @param edges - ascending; infinite ends have nothing beyond them
 * @returns edges.length + 1 counts
 */
export function binCounts(
  table: TableQuestions,
  column: string,
  edges: ReadonlyArray<number>,
  scope: Condition,
): Promise<ReadonlyArray<number>> {
  const from = (edge: number): Condition => bound(column, '>=', edge)
  const last = edges.length - 1
  const bins = edges.slice(0, -1).map((edge, i) => {
    const next = edges[i + 1] ?? edge
    return allOf(scope, from(edge), bound(column, i === last - 1 ? '<=' : '<', next))
  })
  const below = allOf(scope, bound(column, '<', edges[0] ?? 0))
  const above = allOf(scope, bound(column, '>', edges[last] ?? 0))
  const ends = [below, above].map((where, i) =>
    Number.isFinite(edges[i === 0 ? 0 : last]) ? table.count(where) : Promise.resolve(0),
  )
  return Promise.all([ends[0] ?? 0, ...bins.map((where) => table.count(where)), ends[1] ?? 0])
}

function bound(column: string, comparison: '<' | '<=' | '>=' | '>', value: number): Condition {
  // Whole numbers know no infinity, and every number is at most that.
  return Number.isFinite(value) ? { op: 'compare', column, comparison, value } : { op: 'true' }
}
