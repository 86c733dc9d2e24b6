import { z } from 'zod'

import type { Comparison, Condition, Literal } from '../../domain/predicate.ts'

const LITERAL: z.ZodType<Literal> = z.union([z.string(), z.number(), z.boolean(), z.bigint(), z.null()])
const COMPARISON: z.ZodType<Comparison> = z.enum(['<', '<=', '=', '<>', '>=', '>'])

/** A condition as data; see `Condition`. Conditions that look at other rows are not for users. */
export const CONDITION: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('true') }),
    z.strictObject({ op: z.enum(['and', 'or']), args: z.array(CONDITION) }),
    z.strictObject({ op: z.enum(['not', 'isTrue']), arg: CONDITION }),
    z.strictObject({ op: z.enum(['isNull', 'isNaN']), column: z.string() }),
    z.strictObject({ op: z.literal('compare'), column: z.string(), comparison: COMPARISON, value: LITERAL }),
    z.strictObject({ op: z.literal('compareColumns'), column: z.string(), comparison: COMPARISON, other: z.string() }),
    z.strictObject({ op: z.literal('in'), column: z.string(), values: z.array(LITERAL) }),
    z.strictObject({ op: z.literal('length'), column: z.string(), comparison: COMPARISON, value: z.number() }),
    z.strictObject({ op: z.literal('matches'), column: z.string(), pattern: z.string() }),
    z.strictObject({ op: z.literal('sum'), columns: z.array(z.string()), comparison: COMPARISON, value: z.number() }),
  ]),
)

/** Parts that the arguments of many expectations share. */
export const column: z.ZodString = z.string().min(1).describe('name of the column')
/** A table that was given by name in `tables`. */
export const tableName: z.ZodString = z.string().min(1).describe('name of another table, as given in `tables`')
/** Two or more columns. */
export const columnList: z.ZodArray<z.ZodString> = z.array(column).min(1).describe('names of the columns')
/** A value of a cell. */
export const literal: typeof LITERAL = LITERAL
/** Values of cells; null is no value. */
export const valueSet: z.ZodArray<typeof LITERAL> = z.array(LITERAL).describe('values; times as ISO 8601 text')
/** An inclusive bound of a number. */
export const numberBound: z.ZodOptional<z.ZodNullable<z.ZodNumber>> = z.number().nullable().optional()
/** A share. */
export const share: z.ZodNumber = z.number().min(0).max(1)

/** Which rows are judged. */
export const scope: {
  readonly rowCondition: z.ZodOptional<z.ZodNullable<z.ZodUnion<readonly [z.ZodString, typeof CONDITION]>>>
} = {
  rowCondition: z
    .union([z.string(), CONDITION])
    .nullable()
    .optional()
    .describe("only rows where this is true: `status = 'paid'`, or the same as data"),
}

/** What all map expectations take. */
export const mapScope: typeof scope & { readonly mostly: z.ZodDefault<z.ZodNumber> } = {
  ...scope,
  mostly: share.default(1).describe('the least share of good values that will do'),
}

/** Bounds of values of any kind. */
export const bounds: {
  readonly minValue: z.ZodOptional<typeof LITERAL>
  readonly maxValue: z.ZodOptional<typeof LITERAL>
  readonly strictMin: z.ZodDefault<z.ZodBoolean>
  readonly strictMax: z.ZodDefault<z.ZodBoolean>
} = {
  minValue: LITERAL.optional().describe('least value; none: no limit'),
  maxValue: LITERAL.optional().describe('greatest value; none: no limit'),
  strictMin: z.boolean().default(false).describe('the least value itself is too little'),
  strictMax: z.boolean().default(false).describe('the greatest value itself is too much'),
}

/** Which rows of a pair are left out. */
export const ignorePair: {
  readonly ignoreRowIf: z.ZodDefault<
    z.ZodEnum<{
      bothValuesAreMissing: 'bothValuesAreMissing'
      eitherValueIsMissing: 'eitherValueIsMissing'
      neither: 'neither'
    }>
  >
} = {
  ignoreRowIf: z.enum(['bothValuesAreMissing', 'eitherValueIsMissing', 'neither']).default('bothValuesAreMissing'),
}

/** Which rows of many columns are left out. */
export const ignoreMany: {
  readonly ignoreRowIf: z.ZodDefault<
    z.ZodEnum<{
      allValuesAreMissing: 'allValuesAreMissing'
      anyValueIsMissing: 'anyValueIsMissing'
      never: 'never'
    }>
  >
} = {
  ignoreRowIf: z.enum(['allValuesAreMissing', 'anyValueIsMissing', 'never']).default('allValuesAreMissing'),
}
