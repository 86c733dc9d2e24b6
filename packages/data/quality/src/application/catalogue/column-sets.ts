import { z } from 'zod'

import { bindLiteral } from '../../domain/bind-literal.ts'
import { cellValue } from '../../domain/cell-value.ts'
import { column, scope, valueSet } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'
import { present } from './column-aggregates.ts'

const MOST_SHOWN = 1000
const inSet = z.strictObject({ column, valueSet, ...scope })
const mostCommon = z.strictObject({ column, valueSet, tiesOkay: z.boolean().default(false), ...scope })

/** Expectations of the set of different values of a column. */
export const columnSets: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'expectColumnDistinctValuesToBeInSet',
    'column aggregate',
    'Every different value is among those given.',
    inSet,
    (kwargs, context) => judgeSet(kwargs, { closed: true, complete: false }, context),
  ),
  entryOf(
    'expectColumnDistinctValuesToContainSet',
    'column aggregate',
    'Every value given occurs.',
    inSet,
    (kwargs, context) => judgeSet(kwargs, { closed: false, complete: true }, context),
  ),
  entryOf(
    'expectColumnDistinctValuesToEqualSet',
    'column aggregate',
    'The values given occur, and no other.',
    inSet,
    (kwargs, context) => judgeSet(kwargs, { closed: true, complete: true }, context),
  ),
  entryOf(
    'expectColumnMostCommonValueToBeInSet',
    'column aggregate',
    'The most frequent value is among those given.',
    mostCommon,
    async (kwargs, { table }) => {
      const found = table.column(kwargs.column)
      let counts = await table.values([kwargs.column], present(kwargs), 'count', 100)
      const most = counts[0]?.count ?? 0
      if (counts.length === 100 && counts.at(-1)?.count === most)
        counts = await table.values([kwargs.column], present(kwargs), 'count')
      const modes = counts.filter(({ count }) => count === most).map(({ values }) => values[0] ?? null)
      const wanted = keysOf(kwargs.valueSet, found)
      const hits = modes.filter((cell) => wanted.has(String(cell))).length
      const success = kwargs.tiesOkay ? hits > 0 : modes.length === 1 && hits === 1
      return {
        success,
        findings: { observedValue: modes.slice(0, MOST_SHOWN).map((cell) => cellValue(cell, found.kind)) },
      }
    },
  ),
]

interface Asked {
  /** Whether values that are not given are unexpected. */
  readonly closed: boolean
  /** Whether values that are given must occur. */
  readonly complete: boolean
}

async function judgeSet(kwargs: z.infer<typeof inSet>, asked: Asked, { table }: EvaluationContext): Promise<Outcome> {
  const found = table.column(kwargs.column)
  const counts = await table.values([kwargs.column], present(kwargs))
  const wanted = keysOf(kwargs.valueSet, found)
  const seen = new Set(counts.map(({ values }) => String(values[0])))
  const list = counts.map(({ values, count }) => ({ value: cellValue(values[0] ?? null, found.kind), count }))
  const unexpected = asked.closed ? list.filter((_, i) => !wanted.has(String(counts[i]?.values[0]))) : []
  const missing = asked.complete ? [...wanted].filter((key) => !seen.has(key)) : []
  return {
    success: unexpected.length === 0 && missing.length === 0,
    findings: {
      observedValue: list.slice(0, MOST_SHOWN).map(({ value }) => value),
      ...(asked.complete ? { missingCount: missing.length } : {}),
      ...(asked.closed
        ? {
            unexpectedCount: unexpected.length,
            partialUnexpectedList: unexpected.slice(0, 20).map(({ value }) => value),
          }
        : {}),
      details: { valueCounts: list.slice(0, MOST_SHOWN), different: list.length },
    },
  }
}

// A value of another kind is kept under a name that no cell has.
function keysOf(values: z.infer<typeof valueSet>, found: Parameters<typeof bindLiteral>[1]): ReadonlySet<string> {
  return new Set(
    values
      .filter((value) => value !== null)
      .map((value) => String(bindLiteral(value, found) ?? `\0${typeof value} ${value}`)),
  )
}
