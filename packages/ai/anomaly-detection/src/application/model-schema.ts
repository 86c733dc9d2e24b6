import { z } from 'zod'

import type { ColumnEncoding } from '../domain/column-encoding.ts'
import type { Model, ModelNormalization } from '../domain/model.ts'
import { parseBySchema } from './parse-options.ts'

const encoding = z.object({
  column: z.string(),
  method: z.enum(['onehot', 'ordinal']),
  categories: z.array(z.string()),
}) satisfies z.ZodType<ColumnEncoding>

const normalization = z.strictObject({
  method: z.enum(['z-score', 'min-max', 'robust']),
  center: z.array(z.number()),
  scale: z.array(z.number().refine((value) => value !== 0, 'a scale is 0')),
}) satisfies z.ZodType<ModelNormalization>

const summarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int().positive(),
    algorithm: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    features: z.array(z.string()).min(1),
    encodings: z.array(encoding),
    normalization: normalization.optional(),
    threshold: z.number(),
    seed: z.int().min(0),
    trainingHash: z.string().optional(),
    createdAt: z.number(),
    metrics: z.record(z.string(), z.number()),
  })
  .refine(
    ({ features, normalization: by }) =>
      by === undefined || (by.center.length === features.length && by.scale.length === features.length),
    'the normalization does not fit the features',
  )

/** Reads a stored model, all but its state. @throws AnomalyDetectionError `corrupt-model` naming what is wrong */
export function parseModelSummary(input: unknown, subject: string): Omit<Model, 'state'> {
  return parseBySchema(summarySchema, input, 'anomaly-detection/corrupt-model', subject)
}
