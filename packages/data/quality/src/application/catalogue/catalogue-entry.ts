import type { z } from 'zod'

import { QualityError } from '../../domain/errors.ts'
import type { Power } from '../../domain/power.ts'
import type { Condition } from '../../domain/predicate.ts'
import type { ExpectationFindings, ResultFormat } from '../../domain/validation-result.ts'
import type { TableQuestions } from '../table-questions.ts'

/** What kind of thing an expectation judges. */
export type ExpectationFamily = 'table' | 'column map' | 'column aggregate' | 'column pair' | 'multicolumn' | 'query'

/** Rows that an expectation finds unexpected, as the condition that selects them. */
export interface UnexpectedRows {
  /** The columns it looks at. */
  readonly columns: ReadonlyArray<string>
  readonly where: Condition
}

/** What an expectation may use while it is evaluated. */
export interface EvaluationContext {
  readonly table: TableQuestions
  /** @throws QualityError `quality/invalid-arguments` for a name that was not given */
  readonly otherTable: (name: string) => Promise<TableQuestions>
  readonly resultFormat: ResultFormat
  readonly partialUnexpectedCount: number
  readonly keyColumns: ReadonlyArray<string>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Judges another expectation, for those that contain one. */
  readonly evaluate: (type: string, kwargs: Readonly<Record<string, unknown>>) => Promise<Outcome>
  /** Rows of earlier validations of this table, oldest first. */
  readonly rowCountHistory: () => Promise<ReadonlyArray<number>>
  /** Told of each condition by which rows are unexpected. */
  readonly onUnexpectedRows?: (rows: UnexpectedRows) => void
}

/** How an expectation came out. */
export interface Outcome {
  readonly success: boolean
  readonly findings: ExpectationFindings
  readonly power?: Power
}

/** One kind of expectation: its arguments and how it is judged. */
export interface CatalogueEntry {
  readonly type: string
  readonly family: ExpectationFamily
  /** One sentence. */
  readonly description: string
  /** True for Great Expectations' own. */
  readonly fromGreatExpectations: boolean
  /** The arguments; the one source for validation, JSON Schema and documents. */
  readonly schema: z.ZodType<Record<string, unknown>>
  /** Judges checked arguments. */
  readonly evaluate: (kwargs: unknown, context: EvaluationContext) => Promise<Outcome>
}

/** An entry whose arguments are typed by their schema. */
export function entryOf<K extends Record<string, unknown>>(
  type: string,
  family: ExpectationFamily,
  description: string,
  schema: z.ZodType<K>,
  evaluate: (kwargs: K, context: EvaluationContext) => Promise<Outcome>,
): CatalogueEntry {
  return {
    type,
    family,
    description,
    fromGreatExpectations: true,
    schema,
    evaluate: async (kwargs, context) => evaluate(parseArguments(type, schema, kwargs), context),
  }
}

/** The same for what Great Expectations has not. */
export function ownEntryOf<K extends Record<string, unknown>>(
  ...definition: Parameters<typeof entryOf<K>>
): CatalogueEntry {
  return { ...entryOf(...definition), fromGreatExpectations: false }
}

function parseArguments<K>(type: string, schema: z.ZodType<K>, kwargs: unknown): K {
  const parsed = schema.safeParse(kwargs)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new QualityError('quality/invalid-arguments', `${type}: ${text}`, {
    expectation: type,
    path: issues[0]?.path,
    issues,
  })
}
