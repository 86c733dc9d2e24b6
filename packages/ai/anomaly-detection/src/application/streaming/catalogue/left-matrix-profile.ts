import { z } from 'zod'

import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import {
  LeftMatrixProfile,
  type LeftMatrixProfileParameters,
} from '../../../domain/time-series/matrix-profile/left-matrix-profile.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    length: z.int().min(3).max(100_000).default(100).describe('samples in a window: about one cycle'),
    history: z
      .int()
      .min(12)
      .max(2 ** 24)
      .default(5000)
      .describe('samples kept to compare with'),
    warmUp: z.int().min(0).default(400).describe('samples before the first score'),
  })
  .refine(({ length, history }) => history >= 4 * length, {
    path: ['history'],
    message: 'it must hold four windows at least',
  }) satisfies z.ZodType<LeftMatrixProfileParameters>

/** The left matrix profile in the catalogue. */
export const leftMatrixProfileEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'left-matrix-profile',
  name: 'left matrix profile',
  summary: 'How far the shape of the newest samples is from the most similar shape before; shows that one beside it.',
  cost: { sample: 'd * history', memory: 'd * history' },
  random: false,
  source: 'Yeh et al. (2016), Matrix Profile I; Lu et al. (2022), DAMP: the left matrix profile as an anomaly score',
  parameters,
  state: selfCheckedState('left-matrix-profile'),
  create: (chosen, { columns }) => new LeftMatrixProfile(chosen, columns),
  restore: (state) => LeftMatrixProfile.fromJSON(state),
})
