import { z } from 'zod'

import {
  WINDOW_KNN_LIMITS,
  WindowKnn,
  type WindowKnnParameters,
} from '../../../domain/streaming/detectors/window-knn.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    neighbours: z
      .int()
      .min(1)
      .max(WINDOW_KNN_LIMITS.neighbours)
      .default(5)
      .describe('which neighbour is the last to count'),
    window: z.int().min(2).max(WINDOW_KNN_LIMITS.window).default(500).describe('how many of the last samples'),
    distance: z.enum(['largest', 'mean']).default('largest').describe('to the last of the neighbours, or their mean'),
    standardize: z.boolean().default(true).describe('divide columns by their standard deviation in the window'),
  })
  .refine(({ neighbours, window }) => neighbours < window, {
    path: ['neighbours'],
    message: 'neighbours are not fewer than the samples of the window',
  }) satisfies z.ZodType<WindowKnnParameters>

/** Nearest neighbours over a window in the catalogue. */
export const windowKnnEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'knn',
  name: 'Nearest neighbours over a window',
  summary: 'Distance to the nearest of the last samples. Plain and exact; slow for long windows.',
  cost: { sample: 'window * d', memory: 'window * d' },
  random: false,
  source:
    'Ramaswamy, Rastogi, Shim (2000); Angiulli, Fassetti (2007), Detecting Distance-Based Outliers in Streams of Data',
  parameters,
  state: selfCheckedState('knn'),
  create: (chosen, { columns }) => new WindowKnn(columns, chosen),
  restore: (state) => WindowKnn.fromJSON(state),
})
