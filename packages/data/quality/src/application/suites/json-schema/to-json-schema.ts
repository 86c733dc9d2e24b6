import type { Expectation, Suite } from '../../../domain/expectation.ts'
import type { ExportedSuite, Untranslated } from '../imported-suite.ts'
import { schemaOfExpectation } from './schema-of-expectation.ts'

/** A column while its schema is put together. */
interface Column {
  readonly parts: Array<Readonly<Record<string, unknown>>>
  isRequired: boolean
}

/**
 * A JSON Schema (draft 2020-12) of a row that keeps the suite. What no schema of single rows can say is told: expectations of the
 * whole table or of several columns, of unique values, with `mostly`, a row condition, or less than critical; bounds of times.
 */
export function toJsonSchema(suite: Suite): ExportedSuite {
  const columns = new Map<string, Column>()
  const columnOf = (name: string): Column => {
    const column = columns.get(name) ?? { parts: [], isRequired: false }
    columns.set(name, column)
    return column
  }
  const untranslated: Array<Untranslated> = []
  let isClosed = false
  for (const [i, expectation] of suite.expectations.entries()) {
    const found = reasonAgainst(expectation) ?? schemaOfExpectation(expectation)
    if (typeof found === 'string') {
      untranslated.push({ path: ['expectations', i], reason: `${expectation.type}: ${found}`, weakens: true })
      continue
    }
    isClosed ||= found.isClosed === true
    for (const { name, schema, isRequired } of found.columns) {
      const column = columnOf(name)
      if (schema !== undefined) column.parts.push(schema)
      column.isRequired ||= isRequired === true
    }
  }
  return {
    document: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: suite.name,
      type: 'object',
      properties: Object.fromEntries([...columns].map(([name, column]) => [name, schemaOf(column)])),
      required: [...columns].filter(([, { isRequired }]) => isRequired).map(([name]) => name),
      ...(isClosed ? { additionalProperties: false } : {}),
    },
    untranslated,
  }
}

function reasonAgainst({ kwargs, severity = 'critical' }: Expectation): string | undefined {
  if (severity !== 'critical') return `a schema knows no ${severity}`
  if (kwargs['rowCondition'] !== undefined && kwargs['rowCondition'] !== null) return 'a schema has no row conditions'
  const { mostly } = kwargs
  return typeof mostly === 'number' && mostly < 1 ? 'a schema knows no exceptions (mostly)' : undefined
}

// A keyword that two expectations set stands once in each of two schemas.
function schemaOf({ parts, isRequired }: Column): Readonly<Record<string, unknown>> {
  const schemas: Array<Record<string, unknown>> = [{}]
  for (const part of [...impliedTypes(parts), ...parts]) {
    const own = isRequired ? part : withNull(part)
    const free = schemas.find((schema) => Object.keys(own).every((key) => !(key in schema)))
    if (free === undefined) schemas.push({ ...own })
    else Object.assign(free, own)
  }
  const [first = {}, ...more] = schemas
  return more.length === 0 ? first : { ...first, allOf: more }
}

const OF_TYPE: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    minimum: 'number',
    maximum: 'number',
    exclusiveMinimum: 'number',
    exclusiveMaximum: 'number',
    minLength: 'string',
    maxLength: 'string',
    pattern: 'string',
  }),
)

// Bounds of numbers let every text pass; the expectation does not.
function impliedTypes(parts: Column['parts']): Column['parts'] {
  const keys = parts.flatMap((part) => Object.keys(part))
  const type = keys.map((key) => OF_TYPE.get(key)).find((implied) => implied !== undefined)
  return type === undefined || keys.includes('type') || keys.includes('enum') ? [] : [{ type }]
}

function withNull(part: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ...part,
    ...(part['type'] === undefined ? {} : { type: [...new Set([part['type'], 'null'].flat())] }),
    ...(Array.isArray(part['enum']) ? { enum: [...part['enum'], null] } : {}),
  }
}
