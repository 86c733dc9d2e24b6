import { z } from 'zod'

import { isParseableDate, strftimeMatcher } from '../../domain/date-texts.ts'
import { QualityError } from '../../domain/errors.ts'
import { likePattern } from '../../domain/pattern/like-pattern.ts'
import { allOf, type Condition } from '../../domain/predicate.ts'
import { column, mapScope } from './arguments.ts'
import { type CatalogueEntry, entryOf } from './catalogue-entry.ts'
import { judgeBadValues, judgeValues } from './column-values.ts'
import { judgeDifferentValues } from './judge-texts.ts'

const pattern = z.string().min(1)
const regex = z.strictObject({ column, regex: pattern.describe('a pattern of RE2, anywhere in the text'), ...mapScope })
const regexes = z.strictObject({
  column,
  regexList: z.array(pattern).min(1),
  matchOn: z.enum(['any', 'all']).default('any'),
  ...mapScope,
})
const noRegexes = z.strictObject({ column, regexList: z.array(pattern).min(1), ...mapScope })
const like = z.strictObject({
  column,
  likePattern: pattern.describe('% any run, _ any character, \\ takes the next as it is'),
  ...mapScope,
})
const likes = z.strictObject({
  column,
  likePatternList: z.array(pattern).min(1),
  matchOn: z.enum(['any', 'all']).default('any'),
  ...mapScope,
})
const noLikes = z.strictObject({ column, likePatternList: z.array(pattern).min(1), ...mapScope })
const length = z.number().int().min(0)
const lengths = z.strictObject({
  column,
  minValue: length.nullable().optional(),
  maxValue: length.nullable().optional(),
  strictMin: z.boolean().default(false),
  strictMax: z.boolean().default(false),
  ...mapScope,
})
const oneLength = z.strictObject({ column, value: length.describe('in code points'), ...mapScope })
const strftime = z.strictObject({ column, strftimeFormat: pattern.describe("Python's codes: %Y-%m-%d"), ...mapScope })
const plain = z.strictObject({ column, ...mapScope })
const jsonSchema = z.strictObject({ column, jsonSchema: z.record(z.string(), z.unknown()), ...mapScope })

/** Expectations of the texts of one column. */
export const columnTexts: ReadonlyArray<CatalogueEntry> = [
  entryOf('expectColumnValuesToMatchRegex', 'column map', 'Texts match a pattern.', regex, (kwargs, context) =>
    judgeValues(kwargs, matches(kwargs.column, kwargs.regex), context),
  ),
  entryOf(
    'expectColumnValuesToNotMatchRegex',
    'column map',
    'Texts do not match a pattern.',
    regex,
    (kwargs, context) => judgeBadValues(kwargs, matches(kwargs.column, kwargs.regex), context),
  ),
  entryOf(
    'expectColumnValuesToMatchRegexList',
    'column map',
    'Texts match any or all patterns.',
    regexes,
    (kwargs, context) => judgeValues(kwargs, several(kwargs.column, kwargs.regexList, kwargs.matchOn), context),
  ),
  entryOf(
    'expectColumnValuesToNotMatchRegexList',
    'column map',
    'Texts match no pattern.',
    noRegexes,
    (kwargs, context) => judgeBadValues(kwargs, several(kwargs.column, kwargs.regexList, 'any'), context),
  ),
  entryOf('expectColumnValuesToMatchLikePattern', 'column map', 'Texts are LIKE a pattern.', like, (kwargs, context) =>
    judgeValues(kwargs, matches(kwargs.column, likePattern(kwargs.likePattern)), context),
  ),
  entryOf(
    'expectColumnValuesToNotMatchLikePattern',
    'column map',
    'Texts are not LIKE a pattern.',
    like,
    (kwargs, context) => judgeBadValues(kwargs, matches(kwargs.column, likePattern(kwargs.likePattern)), context),
  ),
  entryOf(
    'expectColumnValuesToMatchLikePatternList',
    'column map',
    'Texts are LIKE any or all patterns.',
    likes,
    (kwargs, context) =>
      judgeValues(kwargs, several(kwargs.column, kwargs.likePatternList.map(likePattern), kwargs.matchOn), context),
  ),
  entryOf(
    'expectColumnValuesToNotMatchLikePatternList',
    'column map',
    'Texts are LIKE no pattern.',
    noLikes,
    (kwargs, context) =>
      judgeBadValues(kwargs, several(kwargs.column, kwargs.likePatternList.map(likePattern), 'any'), context),
  ),
  entryOf(
    'expectColumnValueLengthsToBeBetween',
    'column map',
    'Texts are neither too short nor too long.',
    lengths,
    (kwargs, context) => judgeValues(kwargs, lengthCondition(kwargs), context),
  ),
  entryOf('expectColumnValueLengthsToEqual', 'column map', 'Texts have one length.', oneLength, (kwargs, context) =>
    judgeValues(kwargs, { op: 'length', column: kwargs.column, comparison: '=', value: kwargs.value }, context),
  ),
  entryOf(
    'expectColumnValuesToMatchStrftimeFormat',
    'column map',
    'Texts are dates in a format.',
    strftime,
    (kwargs, context) => {
      const passes = strftimeMatcher(kwargs.strftimeFormat)
      return judgeDifferentValues(kwargs, (value) => typeof value === 'string' && passes(value), context)
    },
  ),
  entryOf(
    'expectColumnValuesToBeDateutilParseable',
    'column map',
    'Texts can be read as dates.',
    plain,
    (kwargs, context) =>
      judgeDifferentValues(kwargs, (value) => typeof value === 'string' && isParseableDate(value), context),
  ),
  entryOf('expectColumnValuesToBeJsonParseable', 'column map', 'Texts are JSON.', plain, (kwargs, context) =>
    judgeDifferentValues(kwargs, (value) => parseJson(value).ok, context),
  ),
  entryOf(
    'expectColumnValuesToMatchJsonSchema',
    'column map',
    'Texts are JSON that fits a schema.',
    jsonSchema,
    (kwargs, context) => {
      const schema = schemaOf(kwargs.jsonSchema)
      const passes = (value: unknown): boolean => {
        const parsed = parseJson(value)
        return parsed.ok && schema.safeParse(parsed.value).success
      }
      return judgeDifferentValues(kwargs, passes, context)
    },
  ),
]

function matches(name: string, source: string): Condition {
  return { op: 'matches', column: name, pattern: source }
}

function several(name: string, sources: ReadonlyArray<string>, on: 'any' | 'all'): Condition {
  return { op: on === 'any' ? 'or' : 'and', args: sources.map((source) => matches(name, source)) }
}

function lengthCondition({
  column: name,
  minValue = null,
  maxValue = null,
  strictMin,
  strictMax,
}: z.infer<typeof lengths>): Condition {
  if (minValue === null && maxValue === null) {
    throw new QualityError('quality/invalid-arguments', 'minValue, maxValue or both are needed', { path: 'minValue' })
  }
  return allOf<never>(
    ...(minValue === null
      ? []
      : [
          {
            op: 'length' as const,
            column: name,
            comparison: strictMin ? ('>' as const) : ('>=' as const),
            value: minValue,
          },
        ]),
    ...(maxValue === null
      ? []
      : [
          {
            op: 'length' as const,
            column: name,
            comparison: strictMax ? ('<' as const) : ('<=' as const),
            value: maxValue,
          },
        ]),
  )
}

function parseJson(text: unknown): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (typeof text !== 'string') return { ok: false }
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

function schemaOf(schema: Record<string, unknown>): z.ZodType {
  try {
    return z.fromJSONSchema(schema)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new QualityError('quality/invalid-arguments', `jsonSchema: ${why}`, { path: 'jsonSchema' }, cause)
  }
}
