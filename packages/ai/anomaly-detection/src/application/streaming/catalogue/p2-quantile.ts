import { z } from 'zod'

import {
  createQuantileBand,
  type QuantileBandParameters,
  restoreQuantileBand,
} from '../../../domain/streaming/detectors/quantile-band.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  tail: z.number().min(1e-6).max(0.4).default(0.01).describe('share of values beyond each end of the band'),
  warmUp: z.int().min(6).default(100).describe('samples before the first score'),
}) satisfies z.ZodType<QuantileBandParameters>

/** The band between two quantiles in the catalogue. */
export const p2QuantileEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'p2-quantile',
  name: 'Quantile band',
  summary: 'How far each value lies outside the band between two quantiles of all values so far, in constant memory.',
  cost: { sample: 'd', memory: 'd' },
  random: false,
  source: 'Jain, Chlamtac (1985), The P-square Algorithm',
  parameters,
  state: selfCheckedState('p2-quantile'),
  create: (chosen, { columns }) => createQuantileBand(columns, chosen),
  restore: restoreQuantileBand,
})
