import { z } from 'zod'

import { ProfilingError } from '../domain/errors.ts'
import type { Profile } from '../domain/profile.ts'
import { columnProfileSchema } from './column-document.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const count = z.int().min(0)
const names = z.array(z.string()).readonly()
const edge = z.object({ column: z.string(), min: z.number(), max: z.number() })

const schema = z
  .object({
    formatVersion: z.literal(1),
    source: z.string(),
    engine: z.string(),
    createdAt: z.number().describe('epoch milliseconds'),
    rows: count,
    columns: z.array(columnProfileSchema).readonly(),
    missingCells: count,
    duplicateRows: count.nullable().describe('rows that equal an earlier one; null when not counted'),
    correlations: z
      .array(
        z.object({
          method: z.enum(['pearson', 'spearman', 'kendall', 'cramers-v', 'phi-k', 'mutual-information']),
          columns: names,
          values: z.array(z.number().nullable()).readonly().describe('row-major, columns x columns'),
          rows: count,
          seed: z.exactOptional(z.number()),
        }),
      )
      .readonly(),
    missingPatterns: z.array(z.object({ missing: names, rows: count })).readonly(),
    keys: z.array(z.object({ columns: names, exact: z.boolean() })).readonly(),
    dependencies: z
      .array(z.object({ determinant: names, dependent: z.string(), error: z.number(), rows: count }))
      .readonly(),
    alerts: z
      .array(
        z.object({
          kind: z.enum([
            'constant',
            'zeros',
            'high-correlation',
            'high-cardinality',
            'imbalance',
            'skewed',
            'missing',
            'infinite',
            'unique',
            'duplicates',
            'near-duplicates',
            'dirty-category',
            'seasonal',
            'non-stationary',
            'type-date',
            'uniform',
            'constant-length',
            'rejected',
            'unsupported',
            'empty',
          ]),
          column: z.exactOptional(z.string()),
          statistic: z.string(),
          value: z.number(),
          threshold: z.number(),
          message: z.string(),
        }),
      )
      .readonly(),
    interactions: z.exactOptional(
      z.array(z.object({ x: edge, y: edge, bins: count, counts: z.array(count).readonly(), rows: count })).readonly(),
    ),
    timeSeries: z.exactOptional(
      z.object({
        time: z.string(),
        series: z
          .array(
            z.object({
              column: z.string(),
              rows: count,
              season: z.object({ period: count, autocorrelation: z.number() }).nullable(),
              unitRoot: z.object({ statistic: z.number(), pValue: z.number(), lags: count }).nullable(),
            }),
          )
          .readonly(),
      }),
    ),
    sample: z.array(z.record(z.string(), cell).readonly()).readonly(),
  })
  .describe('What a profile says of a table, as `nomaly profile --format json` writes it.') satisfies z.ZodType<Profile>

/**
 * Reads a kept profile, such as `nomaly profile --format json` writes. Members that are not known are let pass.
 * @throws ProfilingError `profiling/unsupported-format`, with `details.issues`
 */
export function parseProfile(input: unknown): Profile {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const [first] = issues
  throw new ProfilingError(
    'profiling/unsupported-format',
    `this is no profile of format 1: ${first === undefined ? 'nothing to read' : `${first.path}: ${first.message}`}`,
    { issues },
  )
}

/** The JSON Schema (draft 2020-12) of a profile. */
export function profileJsonSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema)
}
