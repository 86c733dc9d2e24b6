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

/** The types of all expectations. */
export function expectationTypes(): ReadonlyArray<string> {
  return [...CATALOGUE.keys()]
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

/** Something wrong with the arguments of an expectation. */
export interface ArgumentIssue {
  /** From the arguments on; empty for all of them together. */
  readonly path: ReadonlyArray<string | number>
  readonly message: string
  /** The name that was probably meant. */
  readonly nearest?: string
}

/**
 * What is wrong with the arguments, without a table; empty where nothing is.
 * @throws QualityError `quality/unknown-expectation`
 */
export function argumentIssues({
  type,
  kwargs,
}: {
  readonly type: string
  readonly kwargs: unknown
}): ReadonlyArray<ArgumentIssue> {
  const { schema } = catalogueEntry(type)
  const parsed = schema.safeParse(kwargs)
  if (parsed.success) return []
  return parsed.error.issues.flatMap((issue): ReadonlyArray<ArgumentIssue> => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    if (issue.code !== 'unrecognized_keys' || path.length > 0) return [{ path, message: issue.message }]
    return issue.keys.map((key) => unknownArgument(key, schema))
  })
}

function unknownArgument(name: string, schema: CatalogueEntry['schema']): ArgumentIssue {
  const known = Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {})
  const nearest = nearestName(name, known)
  const hint = nearest === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${nearest}?`
  return {
    path: [name],
    message: `there is no such argument${hint}`,
    ...(nearest === undefined ? {} : { nearest }),
  }
}

/**
 * Checks the type and the arguments of an expectation, without a table.
 * @throws QualityError `quality/unknown-expectation`, `quality/invalid-arguments`
 */
export function checkExpectation({ type, kwargs }: { readonly type: string; readonly kwargs: unknown }): void {
  const issues = argumentIssues({ type, kwargs }).map(({ path, ...issue }) => ({ ...issue, path: path.join('.') }))
  if (issues.length === 0) return
  throw new QualityError(
    'quality/invalid-arguments',
    `${type}: ${issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
    { expectation: type, path: issues[0]?.path, issues },
  )
}

/** The shape of an expectation of any type, with its arguments and `more` beside them. */
export function expectationSchema(more: z.ZodRawShape): z.ZodType {
  const [first, ...rest] = [...CATALOGUE.values()]
    .sort((a, b) => (a.type < b.type ? -1 : 1))
    .map(({ type, description, schema }) =>
      z.strictObject({ type: z.literal(type), kwargs: schema, ...more }).describe(description),
    )
  return first === undefined ? z.never() : z.discriminatedUnion('type', [first, ...rest])
}
