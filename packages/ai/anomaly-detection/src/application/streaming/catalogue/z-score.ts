import { z } from 'zod'

import {
  createZScore,
  LARGEST_Z_SCORE_WINDOW,
  restoreZScore,
  type ZScoreParameters,
} from '../../../domain/streaming/detectors/z-score.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    window: z
      .int()
      .min(0)
      .max(LARGEST_Z_SCORE_WINDOW)
      .default(0)
      .describe('how many of the last values; 0 for all so far'),
    unit: z
      .enum(['deviations', 'probability'])
      .default('deviations')
      .describe('standard deviations, or the share of a normal distribution that lies nearer to the mean'),
    warmUp: z.int().min(2).default(30).describe('samples before the first score'),
  })
  .refine(({ window }) => window !== 1, {
    path: ['window'],
    message: 'one value has no deviation',
  }) satisfies z.ZodType<ZScoreParameters>

/** The z-score in the catalogue. */
export const zScoreEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'z-score',
  name: 'z-score',
  summary: 'Standard deviations of each value from the mean of all values so far, or of the last ones.',
  cost: { sample: 'd', memory: 'd * window' },
  random: false,
  source: 'Welford (1962), Note on a Method for Calculating Corrected Sums of Squares and Products',
  parameters,
  state: selfCheckedState('z-score'),
  create: (chosen, { columns }) => createZScore(columns, chosen),
  restore: restoreZScore,
})
