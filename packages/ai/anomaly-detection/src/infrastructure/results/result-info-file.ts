import { z } from 'zod'

import type { ResultInfo } from '../../domain/results/result-info.ts'

const entity = z.object({
  key: z.string().nullable(),
  rows: z.number(),
  anomalies: z.number(),
  highest: z.number().nullable(),
  threshold: z.number().nullable(),
  detector: z.string().optional(),
})

const schema = z.object({
  id: z.string(),
  dataset: z.object({ id: z.string().nullable(), name: z.string(), sha256: z.string().nullable() }),
  createdAt: z.number(),
  durationMs: z.number(),
  version: z.string().optional(),
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
  model: z.object({ name: z.string(), version: z.number() }).optional(),
  columns: z.array(z.string()),
  series: z
    .object({ time: z.string(), value: z.string(), key: z.string().optional(), entities: z.array(entity) })
    .optional(),
  threshold: z.number().nullable(),
  rows: z.number(),
  anomalyCount: z.number(),
  scores: z.object({ least: z.number(), most: z.number() }),
  bands: z.boolean(),
}) satisfies z.ZodType<ResultInfo>

/** Reads what is known of a result; undefined where somebody has changed it to what can be none. */
export function parseResultInfo(text: string): ResultInfo | undefined {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return undefined // the caller says which file
  }
}
