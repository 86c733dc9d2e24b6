import { cellValue } from '../../domain/cell-value.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import type { EvaluationContext, Outcome } from './catalogue-entry.ts'
import type { OneColumn } from './column-values.ts'
import { mapOutcome } from './map-outcome.ts'
import { scopeOf } from './row-scope.ts'

/**
 * Judges each different value once, here and not in the engine: for tests that no SQL has. The engine sends its different values.
 * @param passes - takes the value as results show it
 */
export async function judgeDifferentValues(
  kwargs: OneColumn,
  passes: (value: unknown) => boolean,
  context: EvaluationContext,
): Promise<Outcome> {
  const { table } = context
  const { kind } = table.column(kwargs.column)
  const missing: Condition = { op: 'isNull', column: kwargs.column }
  const different = await table.values([kwargs.column], allOf(scopeOf(kwargs), not(missing)))
  const bad = different.filter(({ values: [cell = null] }) => !passes(cellValue(cell, kind)))
  const values = bad.map(({ values: [cell = null] }) =>
    kind === 'timestamp' || kind === 'date' ? String(cellValue(cell, kind)) : cell,
  )
  const unexpected = bad.reduce((sum, { count }) => sum + count, 0)
  return mapOutcome(
    {
      columns: [kwargs.column],
      scope: scopeOf(kwargs),
      missing,
      unexpected: { op: 'in', column: kwargs.column, values },
      countUnexpected: () => Promise.resolve(unexpected),
      mostly: kwargs.mostly,
    },
    context,
  )
}
