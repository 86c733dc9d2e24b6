import type { Place, SuiteDraft } from '../suite-draft.ts'
import { wordOf } from '../untrusted-words.ts'
import { ANNOTATIONS } from './annotations.ts'
import { isSchemaNode, type SchemaNode } from './flat-schemas.ts'

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
/** Forms of text that patterns tell. */
const FORMATS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    uuid: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
    email: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    ipv4: `^${OCTET}(\\.${OCTET}){3}$`,
    uri: '^[a-zA-Z][a-zA-Z0-9+.-]*:\\S+$',
  }),
)
const RANGE = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']
const LENGTH = ['minLength', 'maxLength']
const ELSEWHERE = new Set(['type', 'enum', 'const'])

/** Adds what the keywords of one schema say of the values of a column. */
export function addKeywords(
  column: string,
  { path, schema }: { readonly path: Place; readonly schema: SchemaNode },
  time: string | undefined,
  draft: SuiteDraft,
): void {
  const range = rangeOf(schema)
  if (range !== undefined)
    draft.add([...path, range.keyword], { type: 'expectColumnValuesToBeBetween', kwargs: { column, ...range.kwargs } })
  const { minLength, maxLength } = schema
  if (minLength !== undefined || maxLength !== undefined) {
    draft.add([...path, minLength === undefined ? 'maxLength' : 'minLength'], {
      type: 'expectColumnValueLengthsToBeBetween',
      kwargs: { column, minValue: minLength, maxValue: maxLength },
    })
  }
  for (const [key, value] of Object.entries(schema)) {
    if (ELSEWHERE.has(key) || RANGE.includes(key) || LENGTH.includes(key) || ANNOTATIONS.has(key)) continue
    addKeyword(column, key, value, [...path, key], schema, time, draft)
  }
}

function addKeyword(
  column: string,
  key: string,
  value: unknown,
  at: Place,
  schema: SchemaNode,
  time: string | undefined,
  draft: SuiteDraft,
): void {
  switch (key) {
    case 'pattern':
      if (time === undefined)
        draft.add(at, { type: 'expectColumnValuesToMatchRegex', kwargs: { column, regex: value } })
      else draft.leaveOut(at, 'times are kept as times, which have no pattern', false)
      return
    case 'format':
      addFormat(column, wordOf(value), at, schema, draft)
      return
    case 'not':
      addNot(column, value, at, draft)
      return
    case 'contentMediaType':
      if (value === 'application/json') addJson(column, at, schema, draft)
      else draft.leaveOut(at, `the content is not read as ${wordOf(value)}`)
      return
    case 'contentSchema':
      if (schema['contentMediaType'] !== 'application/json') draft.leaveOut(at, 'the content is not read')
      return
    default:
      draft.leaveOut(at, `${key} has no expectation`)
  }
}

/** The bounds of a schema: of an inclusive and an exclusive one the narrower. */
function rangeOf(
  schema: SchemaNode,
): { readonly keyword: string; readonly kwargs: Readonly<Record<string, unknown>> } | undefined {
  const keyword = RANGE.find((name) => schema[name] !== undefined)
  if (keyword === undefined) return undefined
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = schema
  const strictMin = above !== undefined && !(isNumber(minimum) && isNumber(above) && minimum > above)
  const strictMax = below !== undefined && !(isNumber(maximum) && isNumber(below) && maximum < below)
  return {
    keyword,
    kwargs: {
      minValue: strictMin ? above : minimum,
      maxValue: strictMax ? below : maximum,
      strictMin: strictMin ? true : undefined,
      strictMax: strictMax ? true : undefined,
    },
  }
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function addFormat(column: string, format: string, at: Place, schema: SchemaNode, draft: SuiteDraft): void {
  const regex = FORMATS.get(format)
  if (format === 'date' || format === 'date-time') {
    draft.leaveOut(at, 'that a text is such a time is not checked; a column of times is')
  } else if (schema['pattern'] !== undefined) draft.leaveOut(at, 'the pattern beside it says more', false)
  else if (regex === undefined) draft.leaveOut(at, `the format ${JSON.stringify(format)} has no expectation`)
  else draft.add(at, { type: 'expectColumnValuesToMatchRegex', kwargs: { column, regex } })
}

function addNot(column: string, value: unknown, at: Place, draft: SuiteDraft): void {
  const [key, ...more] = isSchemaNode(value) ? Object.keys(value) : []
  const unwanted = isSchemaNode(value) && key !== undefined ? value[key] : undefined
  if (more.length === 0 && key === 'pattern')
    draft.add(at, { type: 'expectColumnValuesToNotMatchRegex', kwargs: { column, regex: unwanted } })
  else if (more.length === 0 && (key === 'enum' || key === 'const'))
    draft.add(at, { type: 'expectColumnValuesToNotBeInSet', kwargs: { column, valueSet: [unwanted].flat() } })
  else draft.leaveOut(at, 'only enum, const and pattern have an expectation that denies them')
}

function addJson(column: string, at: Place, schema: SchemaNode, draft: SuiteDraft): void {
  const { contentSchema } = schema
  draft.add(
    at,
    isSchemaNode(contentSchema)
      ? { type: 'expectColumnValuesToMatchJsonSchema', kwargs: { column, jsonSchema: contentSchema } }
      : { type: 'expectColumnValuesToBeJsonParseable', kwargs: { column } },
  )
}
