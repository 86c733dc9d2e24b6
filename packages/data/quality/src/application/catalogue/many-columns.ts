import { z } from 'zod'

import { allOf, not, type Condition, type Literal } from '../../domain/predicate.ts'
import { column, columnList, ignoreMany, ignorePair, literal, mapScope } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'
import { mapOutcome } from './map-outcome.ts'
import { scopeOf, withoutIgnored } from './row-scope.ts'

const pair = { columnA: column, columnB: column, ...ignorePair, ...mapScope }
const many = { columnList, ...ignoreMany, ...mapScope }
const greater = z.strictObject({ ...pair, orEqual: z.boolean().default(false) })
const pairSet = z.strictObject({ ...pair, valuePairsSet: z.array(z.tuple([literal, literal])) })
const sum = z.strictObject({ ...many, sumTotal: z.number() })

interface Scoped {
  readonly ignoreRowIf: string
  readonly mostly: number
  readonly rowCondition?: string | Condition | null | undefined
}

/** Expectations of two or more columns of a row. A row whose comparison is unknown, for want of a value, is unexpected. */
export const manyColumns: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'expectColumnPairValuesAToBeGreaterThanB',
    'column pair',
    'The first value of each row is greater than the second.',
    greater,
    (kwargs, context) =>
      judgeRows(
        [kwargs.columnA, kwargs.columnB],
        kwargs,
        compared(kwargs.columnA, kwargs.orEqual ? '>=' : '>', kwargs.columnB),
        context,
      ),
  ),
  entryOf(
    'expectColumnPairValuesToBeEqual',
    'column pair',
    'The two values of each row are equal.',
    z.strictObject(pair),
    (kwargs, context) =>
      judgeRows([kwargs.columnA, kwargs.columnB], kwargs, compared(kwargs.columnA, '=', kwargs.columnB), context),
  ),
  entryOf(
    'expectColumnPairValuesToBeInSet',
    'column pair',
    'The two values of each row are a pair that is given.',
    pairSet,
    (kwargs, context) => {
      const { columnA, columnB } = kwargs
      const args = kwargs.valuePairsSet.map(([a, b]): Condition => allOf(equals(columnA, a), equals(columnB, b)))
      return judgeRows([columnA, columnB], kwargs, { op: 'or', args }, context)
    },
  ),
  entryOf('expectMulticolumnSumToEqual', 'multicolumn', 'The values of each row have a sum.', sum, (kwargs, context) =>
    judgeRows(
      kwargs.columnList,
      kwargs,
      { op: 'sum', columns: kwargs.columnList, comparison: '=', value: kwargs.sumTotal },
      context,
    ),
  ),
  entryOf(
    'expectMulticolumnValuesToBeEqual',
    'multicolumn',
    'The values of each row are equal.',
    z.strictObject(many),
    (kwargs, context) => {
      const [first = '', ...others] = kwargs.columnList
      return judgeRows(kwargs.columnList, kwargs, allOf(...others.map((other) => same(first, other))), context)
    },
  ),
  ...(['expectSelectColumnValuesToBeUniqueWithinRecord', 'expectMulticolumnValuesToBeUnique'] as const).map((type) =>
    entryOf(
      type,
      'multicolumn',
      'The values of each row differ from each other.',
      z.strictObject(many),
      (kwargs, context) => {
        const args = kwargs.columnList.flatMap((a, i) => kwargs.columnList.slice(i + 1).map((b) => not(same(a, b))))
        return judgeRows(kwargs.columnList, kwargs, allOf(...args), context)
      },
    ),
  ),
  entryOf(
    'expectCompoundColumnsToBeUnique',
    'multicolumn',
    'No combination of values occurs in two rows.',
    z.strictObject(many),
    (kwargs, context) => {
      const judged = withoutIgnored(kwargs.columnList, kwargs.ignoreRowIf)
      const scope = allOf(scopeOf(kwargs), judged)
      return mapOutcome(
        {
          columns: kwargs.columnList,
          scope: scopeOf(kwargs),
          missing: not(judged),
          unexpected: { op: 'duplicated', columns: kwargs.columnList, scope },
          countUnexpected: () => context.table.duplicates(kwargs.columnList, scope),
          mostly: kwargs.mostly,
        },
        context,
      )
    },
  ),
]

function judgeRows(
  columns: ReadonlyArray<string>,
  kwargs: Scoped,
  expected: Condition,
  context: EvaluationContext,
): Promise<Outcome> {
  const judged = withoutIgnored(columns, kwargs.ignoreRowIf)
  return mapOutcome(
    {
      columns,
      scope: scopeOf(kwargs),
      missing: not(judged),
      unexpected: allOf(judged, not<Literal>({ op: 'isTrue', arg: expected })),
      mostly: kwargs.mostly,
    },
    context,
  )
}

function compared(a: string, comparison: '=' | '>' | '>=', b: string): Condition {
  return { op: 'compareColumns', column: a, comparison, other: b }
}

function equals(name: string, value: z.infer<typeof literal>): Condition {
  return value === null ? { op: 'isNull', column: name } : { op: 'in', column: name, values: [value] }
}

// null equals null here.
function same(a: string, b: string): Condition {
  const bothMissing = allOf<never>({ op: 'isNull', column: a }, { op: 'isNull', column: b })
  return { op: 'isTrue', arg: { op: 'or', args: [compared(a, '=', b), bothMissing] } }
}
