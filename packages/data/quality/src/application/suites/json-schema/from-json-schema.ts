import { QualityError } from '../../../domain/errors.ts'
import type { ImportedSuite } from '../imported-suite.ts'
import { type Place, SuiteDraft } from '../suite-draft.ts'
import { ANNOTATIONS } from './annotations.ts'
import { addColumn } from './column-of-schema.ts'
import { flatSchemas, isSchemaNode, type SchemaNode } from './flat-schemas.ts'

/** How a schema is read. */
export interface SchemaOptions {
  /** The suite's name; default the schema's title, or `imported`. */
  readonly name?: string | undefined
  /** Whether types are expected too, as the engine has them: a file of text may have others. Default true. */
  readonly types?: boolean | undefined
}

const OF_ROWS = new Set(['type', 'properties', 'required', 'additionalProperties', 'unevaluatedProperties'])
const OF_TABLES = new Set(['type', 'items', 'minItems', 'maxItems', 'uniqueItems'])

/**
 * The expectations that a JSON Schema (draft 2020-12, 2019-09 or 7) of a row, or of an array of rows, stands for. Every property is
 * a column; one that is not required, or may be null, may be missing. Patterns are RE2's. What a table cannot be held to, such as nested values,
 * conditions between properties, or `multipleOf`, is told with its place. Titles, descriptions, defaults
 * and examples expect nothing.
 * @throws QualityError `quality/invalid-suite` for what is no schema of rows
 */
export function fromJsonSchema(data: unknown, options: SchemaOptions = {}): ImportedSuite {
  if (!isSchemaNode(data)) throw noSchema('it is no object')
  const draft = new SuiteDraft()
  const table = tableOf(data, draft)
  const { parts } = flatSchemas(table.row, table.path, data, draft)
  const names = addRow(parts, data, options.types ?? true, draft)
  if (table.unique && names.length > 0) {
    draft.add(['uniqueItems'], {
      type: 'expectCompoundColumnsToBeUnique',
      kwargs: { columnList: names, ignoreRowIf: 'never' },
    })
  }
  const title = typeof data['title'] === 'string' && data['title'] !== '' ? data['title'] : 'imported'
  return draft.finish(options.name ?? title)
}

function tableOf(
  data: SchemaNode,
  draft: SuiteDraft,
): { readonly row: unknown; readonly path: Place; readonly unique: boolean } {
  if (data['type'] !== 'array' && data['items'] === undefined) return { row: data, path: [], unique: false }
  const { minItems, maxItems } = data
  if (minItems !== undefined || maxItems !== undefined) {
    draft.add([minItems === undefined ? 'maxItems' : 'minItems'], {
      type: 'expectTableRowCountToBeBetween',
      kwargs: { minValue: minItems, maxValue: maxItems },
    })
  }
  for (const key of Object.keys(data)) {
    if (!OF_TABLES.has(key) && !ANNOTATIONS.has(key)) draft.leaveOut([key], `${key} of an array has no expectation`)
  }
  return { row: data['items'], path: ['items'], unique: data['uniqueItems'] === true }
}

function addRow(
  parts: ReadonlyArray<{ readonly path: Place; readonly schema: SchemaNode }>,
  root: SchemaNode,
  types: boolean,
  draft: SuiteDraft,
): ReadonlyArray<string> {
  const required = new Set(parts.flatMap(({ schema }) => textsOf(schema['required'])))
  const columns = parts.flatMap(({ schema, path }) =>
    isSchemaNode(schema['properties'])
      ? Object.entries(schema['properties']).map(([name, node]) => ({
          name,
          node,
          path: [...path, 'properties', name],
        }))
      : [],
  )
  const byName = Map.groupBy(columns, ({ name }) => name)
  const names = [...byName.keys()]
  if (names.length === 0) throw noSchema('it has no properties: it must describe a row, or an array of rows')
  const isClosed = parts.some(
    ({ schema }) => schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false,
  )
  draft.add(['properties'], {
    type: 'expectTableColumnsToMatchSet',
    kwargs: { columnSet: names, exactMatch: isClosed },
  })
  for (const [name, own] of byName) {
    addColumn(
      {
        column: name,
        isRequired: required.has(name),
        types,
        parts: own.flatMap(({ node, path }) => flatSchemas(node, path, root, draft).parts),
        root,
      },
      draft,
    )
  }
  for (const name of required) {
    if (!byName.has(name)) draft.leaveOut(['required'], `${JSON.stringify(name)} is required but not described`)
  }
  for (const { schema, path } of parts) tellRest(schema, path, draft)
  return names
}

function tellRest(schema: SchemaNode, path: Place, draft: SuiteDraft): void {
  for (const [key, value] of Object.entries(schema)) {
    if (ANNOTATIONS.has(key)) continue
    if (!OF_ROWS.has(key)) draft.leaveOut([...path, key], `${key} of a row has no expectation`)
    else if (key === 'additionalProperties' && isSchemaNode(value) && Object.keys(value).length > 0)
      draft.leaveOut([...path, key], 'columns that are not named are not checked')
  }
}

function textsOf(value: unknown): ReadonlyArray<string> {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function noSchema(why: string): QualityError {
  return new QualityError('quality/invalid-suite', `no JSON Schema of rows: ${why}`, { path: '' })
}
