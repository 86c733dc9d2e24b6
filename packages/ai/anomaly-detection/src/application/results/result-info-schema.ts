import { z } from 'zod'

import type { ResultInfo } from '../../domain/results/result-info.ts'

const count = z.int().min(0)

const entity = z.object({
  key: z.string().nullable(),
  rows: count,
  anomalies: count,
  highest: z.number().nullable(),
  threshold: z.number().nullable().meta({ description: 'Null where it was too short to say anything about.' }),
  detector: z.string().optional(),
})

/** The form of what is known of a kept result, on the disk and over HTTP. */
export const resultInfoSchema: z.ZodType<ResultInfo> = z.object({
  id: z.string(),
  dataset: z.object({ id: z.string().nullable(), name: z.string(), sha256: z.string().nullable() }),
  createdAt: z.number().meta({ description: 'Epoch milliseconds.' }),
  durationMs: z.number(),
  version: z.string().optional().meta({ description: 'Of the program that made it.' }),
  algorithm: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  options: z.object({
    contamination: z.number().optional(),
    threshold: z.number().optional(),
    seed: z.number().optional(),
    missing: z.enum(['reject', 'drop', 'median']).optional(),
    period: z.number().optional(),
    encode: z.enum(['onehot', 'ordinal']).optional(),
    standardize: z.boolean().optional(),
    stepMs: z.number().optional(),
    aggregate: z.enum(['mean', 'median', 'min', 'max', 'sum', 'last']).optional(),
    smooth: z.number().optional(),
  }),
  model: z.object({ name: z.string(), version: z.int() }).optional(),
  columns: z.array(z.string()),
  series: z
    .object({ time: z.string(), value: z.string(), key: z.string().optional(), entities: z.array(entity) })
    .optional(),
  threshold: z.number().nullable().meta({ description: 'Null where each series has one of its own.' }),
  rows: count,
  anomalyCount: count,
  scores: z.object({ least: z.number(), most: z.number() }),
  bands: z.boolean().meta({ description: 'Whether rows have an expected value with a band.' }),
})
