import { z } from 'zod'

import type { ColumnProfile } from '../domain/column-profile.ts'
import type { ColumnSketch } from '../domain/sketches/column-sketch.ts'

const value = z.union([z.string(), z.number(), z.boolean()])
const count = z.int().min(0)
const counted = z.array(z.object({ value, count })).readonly()
const histogram = z.object({
  edges: z.array(z.number()).readonly().describe('counts.length + 1, ascending'),
  counts: z.array(count).readonly(),
})

const numbers = z.object({
  min: z.number().nullable(),
  max: z.number().nullable(),
  exactMin: z.exactOptional(z.string()),
  exactMax: z.exactOptional(z.string()),
  exactSum: z.exactOptional(z.string()),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  skewness: z.number().nullable(),
  kurtosis: z.number().nullable(),
  sum: z.number().nullable(),
  zeros: count,
  negatives: count,
  infinities: count,
  nans: count,
  quantiles: z.array(z.object({ p: z.number(), value: z.number() })).readonly(),
  quantileRelativeError: z.number(),
  histogram,
  smallest: z.array(z.number()).readonly(),
  largest: z.array(z.number()).readonly(),
})

const texts = z.object({
  minLength: count,
  maxLength: count,
  meanLength: z.number(),
  empty: count,
  patterns: z.array(z.object({ pattern: z.string(), count })).readonly(),
  characterClasses: z.record(z.string(), count).readonly(),
  looked: count,
})

const dates = z.object({
  min: z.number().nullable(),
  max: z.number().nullable(),
  histogram,
  medianStepMs: z.number().nullable(),
  medianStepExact: z.boolean(),
  gaps: z.array(z.object({ from: z.number(), to: z.number() })).readonly(),
})

const sketches = z.object({
  hash: z.string(),
  kind: z.enum(['integer', 'decimal', 'float', 'text', 'boolean', 'timestamp', 'date', 'other']),
  registers: z.exactOptional(z.string()),
  values: z.exactOptional(z.object({ complete: z.boolean(), atMost: z.number(), items: counted })),
  distribution: z.exactOptional(
    z.object({
      exponent: z.int(),
      cells: z
        .array(
          z.object({
            span: z.number(),
            bucket: z.number().nullable(),
            n: z.number(),
            min: z.number(),
            max: z.number(),
            mean: z.number(),
            m2: z.number(),
            m3: z.number(),
            m4: z.number(),
          }),
        )
        .readonly(),
    }),
  ),
  exactSum: z.exactOptional(z.string()),
  lengthSum: z.exactOptional(z.number()),
}) satisfies z.ZodType<ColumnSketch>

/** A column of a kept profile. */
export const columnProfileSchema: z.ZodType<ColumnProfile> = z.object({
  name: z.string(),
  physicalType: z.string(),
  type: z.enum(['number', 'category', 'text', 'boolean', 'date', 'unsupported', 'empty']),
  count,
  nulls: count,
  distinct: z.object({ value: z.number(), exact: z.boolean(), relativeError: z.exactOptional(z.number()) }),
  top: counted,
  numbers: z.exactOptional(numbers),
  texts: z.exactOptional(texts),
  dates: z.exactOptional(dates),
  semantic: z
    .array(z.object({ kind: z.string(), share: z.number(), rows: count, personal: z.boolean(), evidence: z.string() }))
    .readonly(),
  sketches: z.exactOptional(sketches),
})
