import { isTime } from '../../../domain/cell.ts'
import type { Expectation } from '../../../domain/expectation.ts'
import { kindNamed } from '../../catalogue/column-types.ts'
import { wordOf, wordsOf } from '../untrusted-words.ts'

/** What an expectation says of columns, as schemas. */
export interface ExpectationSchema {
  readonly columns: ReadonlyArray<{
    readonly name: string
    readonly schema?: Readonly<Record<string, unknown>> | undefined
    readonly isRequired?: boolean
  }>
  /** Whether there are no other columns. */
  readonly isClosed?: boolean
}

/** The schema of an expectation whose arguments were checked, or why it has none. */
export function schemaOfExpectation({ type, kwargs }: Expectation): ExpectationSchema | string {
  const { column } = kwargs
  if (typeof column === 'string') {
    if (type === 'expectColumnToExist')
      return kwargs['columnIndex'] === undefined
        ? { columns: [{ name: column }] }
        : 'columns have no places in a schema'
    if (type === 'expectColumnValuesToNotBeNull') return { columns: [{ name: column, isRequired: true }] }
    const schema = schemaOfColumn(type, kwargs)
    return typeof schema === 'string' ? schema : { columns: [{ name: column, schema }] }
  }
  switch (type) {
    case 'expectTableColumnsToMatchSet':
      return {
        columns: textsOf(kwargs['columnSet']).map((name) => ({ name })),
        isClosed: kwargs['exactMatch'] !== false,
      }
    case 'expectTableToMatchSchema':
      return contractOf(kwargs)
    default:
      return 'a schema is of single rows and columns'
  }
}

function schemaOfColumn(type: string, kwargs: Expectation['kwargs']): Readonly<Record<string, unknown>> | string {
  const { minValue, maxValue, strictMin, strictMax, valueSet, regex, regexList } = kwargs
  switch (type) {
    case 'expectColumnValuesToBeOfType':
    case 'expectColumnTypeToBe':
      return typeSchema(wordsOf(kwargs['type']))
    case 'expectColumnValuesToBeInTypeList':
      return typeSchema(textsOf(kwargs['typeList']))
    case 'expectColumnValuesToBeNull':
      return { type: 'null' }
    case 'expectColumnValuesToBeBetween': {
      const bounds = [minValue, maxValue].filter((bound) => bound !== undefined && bound !== null)
      if (!bounds.every((bound) => typeof bound === 'number')) return 'only bounds of numbers can be written'
      return {
        ...(typeof minValue === 'number' ? { [strictMin === true ? 'exclusiveMinimum' : 'minimum']: minValue } : {}),
        ...(typeof maxValue === 'number' ? { [strictMax === true ? 'exclusiveMaximum' : 'maximum']: maxValue } : {}),
      }
    }
    case 'expectColumnValueLengthsToBeBetween':
      return {
        ...(typeof minValue === 'number' ? { minLength: minValue + (strictMin === true ? 1 : 0) } : {}),
        ...(typeof maxValue === 'number' ? { maxLength: maxValue - (strictMax === true ? 1 : 0) } : {}),
      }
    case 'expectColumnValueLengthsToEqual':
      return { minLength: kwargs['value'], maxLength: kwargs['value'] }
    case 'expectColumnValuesToBeInSet':
    case 'expectColumnDistinctValuesToBeInSet':
      return writable(valueSet) ? { enum: valueSet } : 'only values that JSON has can be written'
    case 'expectColumnValuesToNotBeInSet':
      return writable(valueSet) ? { not: { enum: valueSet } } : 'only values that JSON has can be written'
    case 'expectColumnValuesToMatchRegex':
      return { pattern: regex }
    case 'expectColumnValuesToNotMatchRegex':
      return { not: { pattern: regex } }
    case 'expectColumnValuesToMatchRegexList':
      return { [kwargs['matchOn'] === 'all' ? 'allOf' : 'anyOf']: textsOf(regexList).map((pattern) => ({ pattern })) }
    case 'expectColumnValuesToNotMatchRegexList':
      return { not: { anyOf: textsOf(regexList).map((pattern) => ({ pattern })) } }
    case 'expectColumnValuesToBeJsonParseable':
      return { contentMediaType: 'application/json' }
    case 'expectColumnValuesToMatchJsonSchema':
      return { contentMediaType: 'application/json', contentSchema: kwargs['jsonSchema'] }
    default:
      return 'no keyword says this of a single value'
  }
}

function contractOf({ columns, allowExtra }: Expectation['kwargs']): ExpectationSchema | string {
  const all: ReadonlyArray<unknown> = Array.isArray(columns) ? columns : []
  const found: Array<ExpectationSchema['columns'][number]> = []
  for (const one of all) {
    if (typeof one !== 'object' || one === null) continue
    const [name, type, nullable] = ['name', 'type', 'nullable'].map((key): unknown => Reflect.get(one, key))
    if (Reflect.get(one, 'unique') === true) return 'that values are unique is not of single rows'
    const schema = typeof type === 'string' ? typeSchema([type]) : undefined
    if (typeof schema === 'string') return schema
    found.push({ name: wordOf(name), schema, isRequired: nullable === false })
  }
  return { columns: found, isClosed: allowExtra !== true }
}

// Of a list for times, the first tells whether it is of days.
function typeSchema(names: ReadonlyArray<string>): Readonly<Record<string, unknown>> | string {
  const kinds = names.map(kindNamed)
  const unknown = names.find((_, i) => kinds[i] === undefined || kinds[i] === 'other')
  if (unknown !== undefined) return `the type ${unknown} has no word in JSON`
  const [first] = kinds
  if (
    first !== undefined &&
    isTime(first) &&
    kinds.every((kind) => kind === 'text' || (kind !== undefined && isTime(kind)))
  )
    return { type: 'string', format: first === 'date' ? 'date' : 'date-time' }
  const types = kinds.map((kind) => (kind === undefined ? '' : TYPES[kind]))
  const all = new Set(types)
  if (all.has('number')) all.delete('integer')
  const list = [...all]
  return { type: list.length === 1 ? list[0] : list }
}

const TYPES = {
  integer: 'integer',
  decimal: 'number',
  float: 'number',
  text: 'string',
  boolean: 'boolean',
  timestamp: 'string',
  date: 'string',
  other: '',
} as const

function textsOf(value: unknown): ReadonlyArray<string> {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function writable(set: unknown): boolean {
  return Array.isArray(set) && set.every((value) => typeof value !== 'bigint')
}
