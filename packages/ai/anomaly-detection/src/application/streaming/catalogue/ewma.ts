import { z } from 'zod'

import { createEwma, type EwmaParameters, restoreEwma } from '../../../domain/streaming/detectors/ewma.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  alpha: z.number().gt(0).max(1).default(0.02).describe('weight of the newest value; 2 / (n + 1) looks back about n'),
  warmUp: z.int().min(2).default(30).describe('samples before the first score'),
}) satisfies z.ZodType<EwmaParameters>

/** The exponentially weighted z-score in the catalogue. */
export const ewmaEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'ewma',
  name: 'Exponentially weighted z-score',
  summary: 'Deviations of each value from a mean that forgets. The cheapest that follows a changing stream.',
  cost: { sample: 'd', memory: 'd' },
  random: false,
  source: 'Roberts (1959), Control Chart Tests Based on Geometric Moving Averages',
  parameters,
  state: selfCheckedState('ewma'),
  create: (chosen, { columns }) => createEwma(columns, chosen),
  restore: restoreEwma,
})
