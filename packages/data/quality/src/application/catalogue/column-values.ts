import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import { bounds, column, mapScope, valueSet } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'
import { mapOutcome } from './map-outcome.ts'
import { scopeOf } from './row-scope.ts'

const plain = z.strictObject({ column, ...mapScope })
const between = z.strictObject({ column, ...bounds, ...mapScope })
const inSet = z.strictObject({ column, valueSet, ...mapScope })
const ordered = z.strictObject({ column, strictly: z.boolean().default(false), ...mapScope })

/** What every map over one column takes. */
export interface OneColumn {
  readonly column: string
  readonly mostly: number
  readonly rowCondition?: string | Condition | null | undefined
}

/** Values that are there must satisfy `expected`. */
export function judgeValues(kwargs: OneColumn, expected: Condition, context: EvaluationContext): Promise<Outcome> {
  return judgeBadValues(kwargs, not(expected), context)
}

/** Values that are there must not satisfy `unexpected`. */
export function judgeBadValues(kwargs: OneColumn, unexpected: Condition, context: EvaluationContext): Promise<Outcome> {
  const missing: Condition = { op: 'isNull', column: kwargs.column }
  return mapOutcome(
    { columns: [kwargs.column], scope: scopeOf(kwargs), missing, unexpected, mostly: kwargs.mostly },
    context,
  )
}

/** Expectations of the values of one column, one by one. */
export const columnValues: ReadonlyArray<CatalogueEntry> = [
  entryOf('expectColumnValuesToNotBeNull', 'column map', 'Every row has a value.', plain, (kwargs, context) =>
    mapOutcome(
      {
        columns: [kwargs.column],
        scope: scopeOf(kwargs),
        unexpected: { op: 'isNull', column: kwargs.column },
        mostly: kwargs.mostly,
      },
      context,
    ),
  ),
  entryOf('expectColumnValuesToBeNull', 'column map', 'No row has a value.', plain, (kwargs, context) =>
    mapOutcome(
      {
        columns: [kwargs.column],
        scope: scopeOf(kwargs),
        unexpected: not({ op: 'isNull', column: kwargs.column }),
        mostly: kwargs.mostly,
      },
      context,
    ),
  ),
  entryOf('expectColumnValuesToBeBetween', 'column map', 'Values lie between two bounds.', between, (kwargs, context) =>
    judgeValues(kwargs, betweenCondition(kwargs), context),
  ),
  entryOf('expectColumnValuesToBeInSet', 'column map', 'Values are among those given.', inSet, (kwargs, context) =>
    judgeValues(kwargs, { op: 'in', column: kwargs.column, values: kwargs.valueSet }, context),
  ),
  entryOf(
    'expectColumnValuesToNotBeInSet',
    'column map',
    'Values are not among those given.',
    inSet,
    (kwargs, context) => judgeBadValues(kwargs, { op: 'in', column: kwargs.column, values: kwargs.valueSet }, context),
  ),
  entryOf('expectColumnValuesToBeUnique', 'column map', 'No value occurs twice.', plain, (kwargs, context) => {
    const present = allOf(scopeOf(kwargs), not({ op: 'isNull', column: kwargs.column }))
    return mapOutcome(
      {
        columns: [kwargs.column],
        scope: scopeOf(kwargs),
        missing: { op: 'isNull', column: kwargs.column },
        unexpected: { op: 'duplicated', columns: [kwargs.column], scope: present },
        countUnexpected: () => context.table.duplicates([kwargs.column], present),
        mostly: kwargs.mostly,
      },
      context,
    )
  }),
  ...(['Increasing', 'Decreasing'] as const).map((word) =>
    entryOf(
      `expectColumnValuesToBe${word}`,
      'column map',
      `No value is ${word === 'Increasing' ? 'less' : 'greater'} than the one before it, in row order.`,
      ordered,
      (kwargs, context) =>
        judgeBadValues(
          kwargs,
          {
            op: 'outOfOrder',
            column: kwargs.column,
            descending: word === 'Decreasing',
            strictly: kwargs.strictly,
            scope: scopeOf(kwargs),
          },
          context,
        ),
    ),
  ),
]

/** @throws QualityError `quality/invalid-arguments` without a bound */
function betweenCondition(kwargs: z.infer<typeof between>): Condition {
  const { minValue = null, maxValue = null, strictMin, strictMax } = kwargs
  if (minValue === null && maxValue === null) {
    throw new QualityError('quality/invalid-arguments', 'minValue, maxValue or both are needed', { path: 'minValue' })
  }
  if (typeof minValue === typeof maxValue && minValue !== null && maxValue !== null && minValue > maxValue) {
    throw new QualityError('quality/invalid-arguments', 'minValue is greater than maxValue', { path: 'minValue' })
  }
  const least: ReadonlyArray<Condition> =
    minValue === null
      ? []
      : [{ op: 'compare', column: kwargs.column, comparison: strictMin ? '>' : '>=', value: minValue }]
  const most: ReadonlyArray<Condition> =
    maxValue === null
      ? []
      : [{ op: 'compare', column: kwargs.column, comparison: strictMax ? '<' : '<=', value: maxValue }]
  return allOf(...least, ...most)
}
