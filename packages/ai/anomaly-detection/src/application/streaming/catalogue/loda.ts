import { z } from 'zod'

import {
  createOnlineLoda,
  LODA_LIMITS,
  type OnlineLodaParameters,
  restoreOnlineLoda,
} from '../../../domain/streaming/detectors/online-loda.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  projections: z.int().min(1).max(LODA_LIMITS.projections).default(100).describe('random projections'),
  bins: z.int().min(2).max(LODA_LIMITS.bins).default(10).describe('bins a histogram'),
  window: z.int().min(2).max(LODA_LIMITS.window).default(256).describe('samples a window'),
}) satisfies z.ZodType<OnlineLodaParameters>

/** Online LODA in the catalogue. */
export const onlineLodaEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'loda',
  name: 'Online LODA',
  summary: 'Histograms of sparse random projections, made anew of each window; rare projections score high.',
  cost: { sample: 'projections * sqrt(d)', memory: 'projections * bins + window * d' },
  random: true,
  source: 'Pevny (2016), Loda: Lightweight On-line Detector of Anomalies',
  parameters,
  state: selfCheckedState('loda'),
  create: (chosen, { columns, seed }) => createOnlineLoda(columns, seed, chosen),
  restore: restoreOnlineLoda,
})
