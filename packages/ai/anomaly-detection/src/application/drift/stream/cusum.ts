import { z } from 'zod'

import { Cusum, type CusumParameters, type CusumState } from '../../../domain/drift/stream/cusum.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { baselineParameters, baselineState, count, HALF_BASELINE, isWholeBaseline } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    ...baselineParameters,
    k: z.number().min(0).default(0.5).describe('the allowance in sd: half of the shift that is to be found'),
    h: z.number().gt(0).default(10).describe('the sum in sd that is an alarm'),
  })
  .refine(isWholeBaseline, HALF_BASELINE) satisfies z.ZodType<CusumParameters>

const state = z.strictObject({
  id: z.literal('cusum'),
  format: z.literal(1),
  parameters,
  seen: count,
  baseline: baselineState,
  up: z.number().min(0),
  down: z.number().min(0),
  restarts: z.boolean(),
}) satisfies z.ZodType<CusumState>

/** CUSUM in the catalogue. */
export const cusumEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'cusum',
  name: 'CUSUM chart',
  summary:
    'Sums what lies beyond an allowance around the mean in control. For a lasting shift of known size of numbers about normal.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Page (1954), Continuous inspection schemes; Montgomery (2009), Introduction to statistical quality control',
  parameters,
  state,
  create: (chosen) => new Cusum(chosen),
  restore: (read) => Cusum.fromJSON(read),
})
