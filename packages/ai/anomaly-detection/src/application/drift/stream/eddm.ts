import { z } from 'zod'

import { Eddm, type EddmParameters, type EddmState } from '../../../domain/drift/stream/eddm.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, level, squares } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    minInstances: z.int().min(1).default(30).describe('nothing is judged before so many values'),
    minErrors: z.int().min(1).default(30).describe('nothing is reported before more than so many errors'),
    alpha: z
      .number()
      .gt(0)
      .max(1)
      .default(0.8)
      .describe('below this share of the largest distance it warns; 0.95 in the paper'),
    beta: z
      .number()
      .gt(0)
      .max(1)
      .default(0.7)
      .describe('below this share of the largest distance it is a drift; 0.9 in the paper'),
    ddof: z
      .union([z.literal(0), z.literal(1)])
      .default(0)
      .describe('taken off the divisor of the variance: 0 as older libraries, 1 as newer ones'),
  })
  .refine(({ alpha, beta }) => beta <= alpha, 'beta must be alpha at most') satisfies z.ZodType<EddmParameters>

const state = z.strictObject({
  id: z.literal('eddm'),
  format: z.literal(1),
  parameters,
  seen: count,
  n: count,
  errors: count,
  lastError: count,
  meanDistance: level,
  m2: squares,
  max: squares,
  warns: z.boolean(),
  restarts: z.boolean(),
}) satisfies z.ZodType<EddmState>

/** EDDM in the catalogue. */
export const eddmEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'eddm',
  name: 'EDDM',
  summary:
    'Errors (0 or 1) of a model: do they come closer to each other? For slow changes; blind to a rate that falls.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Baena-García et al. (2006), Early drift detection method',
  parameters,
  state,
  create: (chosen) => new Eddm(chosen),
  restore: (read) => Eddm.fromJSON(read),
})
