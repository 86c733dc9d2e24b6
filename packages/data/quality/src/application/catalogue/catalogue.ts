import { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import { nearestName } from '../../domain/nearest-name.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { columnAggregates } from './column-aggregates.ts'
import { columnSets } from './column-sets.ts'
import { columnSpread } from './column-spread.ts'
import { columnTexts } from './column-texts.ts'
import { columnTypes } from './column-types.ts'
import { columnValues } from './column-values.ts'
import { distributions } from './distributions.ts'
import { driftChecks } from './drift.ts'
import { manyColumns } from './many-columns.ts'
import { operations } from './operations.ts'
import { otherTables } from './other-tables.ts'
import { queries } from './queries.ts'
import { wholeTable } from './whole-table.ts'

/** All expectations there are, by their `type`. */
const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map(
  [
    ...wholeTable,
    ...columnValues,
    ...columnTexts,
    ...columnTypes,
    ...columnSpread,
    ...columnAggregates,
    ...columnSets,
    ...manyColumns,
    ...queries,
    ...distributions,
    ...driftChecks,
    ...otherTables,
    ...operations,
  ].map((entry) => [entry.type, entry]),
)

/** The entry of that type. @throws QualityError `quality/unknown-expectation` with the nearest name */
export function catalogueEntry(type: string): CatalogueEntry {
  const entry = CATALOGUE.get(type)
  if (entry !== undefined) return entry
  const nearest = nearestName(type, [...CATALOGUE.keys()])
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
  throw new QualityError('quality/unknown-expectation', `there is no expectation ${JSON.stringify(type)}${hint}`, {
    name: type,
    ...(nearest === undefined ? {} : { nearest }),
  })
}

/** An expectation as the catalogue describes it. */
export interface ExpectationDescription {
  readonly type: string
  readonly family: string
  readonly description: string
  readonly fromGreatExpectations: boolean
  /** JSON Schema (2020-12) of `kwargs`. */
  readonly arguments: Readonly<Record<string, unknown>>
}

/** Every expectation with its arguments, sorted by type. */
export function describeExpectations(): ReadonlyArray<ExpectationDescription> {
  return [...CATALOGUE.values()]
    .map(({ type, family, description, fromGreatExpectations, schema }) => ({
      type,
      family,
      description,
      fromGreatExpectations,
      // bigint is how code writes whole numbers past 2^53; JSON writes them as text.
      arguments: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    }))
    .sort((a, b) => (a.type < b.type ? -1 : 1))
}

/**
 * Checks the type and the arguments of an expectation, without a table.
 * @throws QualityError `quality/unknown-expectation`, `quality/invalid-arguments`
 */
export function checkExpectation({ type, kwargs }: { readonly type: string; readonly kwargs: unknown }): void {
  const { schema } = catalogueEntry(type)
  const parsed = schema.safeParse(kwargs)
  if (parsed.success) return
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new QualityError(
    'quality/invalid-arguments',
    `${type}: ${issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
    { expectation: type, path: issues[0]?.path, issues },
  )
}
