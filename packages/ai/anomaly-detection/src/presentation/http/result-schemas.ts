/** The forms of kept results, for the descriptions of requests and answers. */
import { z } from '@hono/zod-openapi'

import { resultInfoSchema } from '../../application/results/result-info-schema.ts'
import type { ResultRow } from '../../application/results/result-page.ts'
import type { RowFilter } from '../../application/results/row-filter.ts'
import type { Feedback, FeedbackCounts } from '../../domain/results/feedback.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'

/** A kept result as routes tell of it. */
export type ResultJson = ResultInfo & { readonly feedback: FeedbackCounts }

const verdict = z.enum(['true_alarm', 'false_alarm'])
const count = z.int().min(0)

/** A kept result. */
export const resultSchema: z.ZodType<ResultJson> = resultInfoSchema
  .and(z.object({ feedback: z.object({ trueAlarms: count, falseAlarms: count }) }))
  .openapi('Result')

const said = { verdict, note: z.string().optional(), at: z.number().openapi({ description: 'Epoch milliseconds.' }) }

/** A row in a path: a text, as what makes a number of anything would be described as optional. */
export const rowInPath: z.ZodType<number, string> = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
  .openapi({ type: 'integer', minimum: 0 })

/** What was said of a row. */
export const feedbackSchema: z.ZodType<Feedback> = z.object({ row: count, ...said }).openapi('Feedback')

/** What may be said of a row. */
export const feedbackBody: z.ZodType<Pick<Feedback, 'verdict' | 'note'>> = z
  .strictObject({ verdict, note: z.string().max(2000).optional() })
  .openapi('FeedbackRequest')

const number = z.number().optional()

/** A row of a kept result. */
export const resultRowSchema: z.ZodType<ResultRow> = z
  .object({
    row: count.openapi({ description: '0-based, of the data set.' }),
    score: z.number().nullable(),
    anomaly: z.boolean(),
    time: number.openapi({ description: 'Epoch milliseconds, of a series.' }),
    key: z.string().optional(),
    value: number,
    expected: number,
    lower: number,
    upper: number,
    feedback: z.object(said).optional(),
  })
  .openapi('ResultRow')

interface FilterQuery {
  readonly anomalies?: 'true' | 'false' | undefined
  readonly min_score?: number | undefined
  readonly max_score?: number | undefined
  readonly verdict?: RowFilter['verdict']
  readonly key?: string | undefined
}

const score = z.coerce.number().optional()

/** Which rows are wanted, as the query of a request has it. */
export const filterQuery: { readonly [Key in keyof FilterQuery]-?: z.ZodType<FilterQuery[Key]> } = {
  anomalies: z.enum(['true', 'false']).optional(),
  min_score: score,
  max_score: score,
  verdict: z.enum(['true_alarm', 'false_alarm', 'none']).optional(),
  key: z.string().max(1000).optional().openapi({ description: 'Rows of this series.' }),
}

/** The query as a filter. */
export function filterOf({ anomalies, min_score, max_score, verdict: wanted, key }: FilterQuery): RowFilter {
  const isTold = anomalies === undefined ? undefined : anomalies === 'true'
  return { anomalies: isTold, minScore: min_score, maxScore: max_score, verdict: wanted, key }
}
