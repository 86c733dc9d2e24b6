import type { Place, SuiteDraft } from '../suite-draft.ts'
import { wordOf, wordsOf } from '../untrusted-words.ts'
import { flatSchemas, isSchemaNode, type SchemaNode } from './flat-schemas.ts'
import { addKeywords } from './keywords-of-schema.ts'

/** A column as a schema describes it. */
export interface SchemaColumn {
  readonly column: string
  readonly isRequired: boolean
  /** Whether its type is expected. */
  readonly types: boolean
  readonly parts: ReadonlyArray<{ readonly path: Place; readonly schema: SchemaNode }>
  readonly root: SchemaNode
}

/** What alternatives come to. */
interface Alternatives {
  readonly types: ReadonlyArray<string>
  readonly values: ReadonlyArray<unknown> | undefined
  readonly parts: SchemaColumn['parts']
}

/** Kinds of columns that hold values of a JSON type. */
const KINDS: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  Object.entries<ReadonlyArray<string>>({
    string: ['text'],
    integer: ['integer'],
    number: ['integer', 'decimal', 'float'],
    boolean: ['boolean'],
  }),
)
/** Text files and databases keep times as times. */
const TIMES: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  Object.entries<ReadonlyArray<string>>({
    date: ['date', 'timestamp', 'text'],
    'date-time': ['timestamp', 'date', 'text'],
  }),
)

/** Adds what a schema says of one column. */
export function addColumn(described: SchemaColumn, draft: SuiteDraft): void {
  const { column, root } = described
  const parts: Array<SchemaColumn['parts'][number]> = []
  const types: Array<ReadonlyArray<string>> = []
  const sets: Array<ReadonlyArray<unknown>> = []
  for (const part of described.parts) {
    const { anyOf, oneOf, ...schema } = part.schema
    parts.push({ path: part.path, schema })
    for (const [key, branches] of Object.entries({ anyOf, oneOf })) {
      if (!Array.isArray(branches)) continue
      const found = alternativesOf(branches, [...part.path, key], root, draft)
      if (found.types.length > 0) types.push(found.types)
      if (found.values !== undefined) sets.push(found.values)
      parts.push(...found.parts)
    }
  }
  for (const { schema } of parts) {
    if (schema['type'] !== undefined) types.push(wordsOf(schema['type']))
    if (Array.isArray(schema['enum'])) sets.push(schema['enum'])
    if (schema['const'] !== undefined) sets.push([schema['const']])
  }
  const isNullable = types.every((one) => one.includes('null')) && sets.every((set) => set.includes(null))
  const path = described.parts[0]?.path ?? []
  if (described.types) addType(column, types, parts, path, draft)
  // Nothing said of a required property lets null pass.
  if (described.isRequired && !isNullable)
    draft.add(path, { type: 'expectColumnValuesToNotBeNull', kwargs: { column } })
  for (const set of sets) addSet(column, set, path, draft)
  const time = parts.map(({ schema }) => wordOf(schema['format'])).find((format) => TIMES.get(format) !== undefined)
  for (const part of parts) addKeywords(column, part, time, draft)
}

function alternativesOf(
  branches: ReadonlyArray<unknown>,
  path: Place,
  root: SchemaNode,
  draft: SuiteDraft,
): Alternatives {
  const flat = branches.map((branch, i) => flatSchemas(branch, [...path, i], root, draft).parts)
  const isNull = (parts: SchemaColumn['parts']): boolean =>
    parts.length === 1 && (parts[0]?.schema['type'] === 'null' || parts[0]?.schema['const'] === null)
  const others = flat.filter((parts) => !isNull(parts))
  const nulls = others.length < flat.length ? ['null'] : []
  const [only] = others
  // One of them and null: the column may be missing, and is else that one.
  if (others.length === 1 && only !== undefined) {
    const own = only.flatMap(({ schema }) => (schema['type'] === undefined ? [] : wordsOf(schema['type'])))
    const values = only.flatMap(({ schema }) => valuesOf(schema) ?? [])
    const rest = only.map(({ path: at, schema: { type: _, enum: __, const: ___, ...schema } }) => ({
      path: at,
      schema,
    }))
    return {
      types: own.length > 0 || nulls.length === 0 ? [...own, ...nulls] : ANY_AND_NULL,
      values: values.length > 0 ? [...values, ...nulls.map(() => null)] : undefined,
      parts: rest,
    }
  }
  const single = others.map((parts) => (parts.length === 1 ? parts[0]?.schema : undefined))
  const sets = single.map((schema) => (schema === undefined ? undefined : valuesOf(schema)))
  if (sets.every((set) => set !== undefined))
    return { types: [], values: [...sets.flat(), ...nulls.map(() => null)], parts: [] }
  const types = single.map((schema) =>
    schema !== undefined && isTypeOnly(schema) ? [schema['type']].flat() : undefined,
  )
  if (types.every((type) => type !== undefined))
    return { types: [...wordsOf(types.flat()), ...nulls], values: undefined, parts: [] }
  draft.leaveOut(path, 'alternatives of different rules have no expectation')
  return {
    types: nulls.length > 0 || flat.some((parts) => parts.length === 0) ? ANY_AND_NULL : [],
    values: undefined,
    parts: [],
  }
}

const ANY_AND_NULL: ReadonlyArray<string> = ['null', 'string', 'number', 'boolean', 'object', 'array']

function valuesOf(schema: SchemaNode): ReadonlyArray<unknown> | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum']
  return schema['const'] === undefined ? undefined : [schema['const']]
}

function isTypeOnly(schema: SchemaNode): boolean {
  return (
    schema['type'] !== undefined && Object.keys(schema).every((key) => ['type', 'title', 'description'].includes(key))
  )
}

function addType(
  column: string,
  types: ReadonlyArray<ReadonlyArray<string>>,
  parts: SchemaColumn['parts'],
  path: Place,
  draft: SuiteDraft,
): void {
  const common = types.reduce(bothOf, ANY_AND_NULL)
  const kept = common.filter((type) => type !== 'null')
  if (types.length === 0 || ANY_AND_NULL.every((type) => type === 'null' || kept.includes(type))) return
  if (kept.length === 0) {
    if (common.includes('null')) draft.add(path, { type: 'expectColumnValuesToBeNull', kwargs: { column } })
    else draft.leaveOut(path, 'no value has all of its types')
    return
  }
  const nested = kept.filter((type) => KINDS.get(type) === undefined)
  if (nested.length > 0) {
    draft.leaveOut(path, `values of type ${nested.join(', ')} are not checked`)
    return
  }
  const time = parts.map(({ schema }) => TIMES.get(wordOf(schema['format']))).find((kinds) => kinds !== undefined)
  const kinds = kept.flatMap((type) => (type === 'string' && time !== undefined ? time : (KINDS.get(type) ?? [])))
  const typeList = [...new Set(kinds)]
  draft.add(
    path,
    typeList.length === 1
      ? { type: 'expectColumnValuesToBeOfType', kwargs: { column, type: typeList[0] } }
      : { type: 'expectColumnValuesToBeInTypeList', kwargs: { column, typeList } },
  )
}

// An integer is a number too.
function bothOf(a: ReadonlyArray<string>, b: ReadonlyArray<string>): ReadonlyArray<string> {
  const both = a.filter((type) => b.includes(type) || (type === 'integer' && b.includes('number')))
  return a.includes('number') && !a.includes('integer') && b.includes('integer') && !b.includes('number')
    ? [...both, 'integer']
    : both
}

function addSet(column: string, set: ReadonlyArray<unknown>, path: Place, draft: SuiteDraft): void {
  const valueSet = set.filter((value) => value !== null)
  if (valueSet.some((value) => isSchemaNode(value) || Array.isArray(value))) {
    draft.leaveOut([...path, 'enum'], 'lists and objects are not compared')
  } else draft.add(path, { type: 'expectColumnValuesToBeInSet', kwargs: { column, valueSet } })
}
