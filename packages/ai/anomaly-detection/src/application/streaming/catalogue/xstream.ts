import { z } from 'zod'

import {
  createXStream,
  restoreXStream,
  X_STREAM_LIMITS,
  xStreamFits,
  type XStreamParameters,
} from '../../../domain/streaming/detectors/x-stream.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const { projections, chains, depth, window } = X_STREAM_LIMITS

const parameters = z
  .strictObject({
    projections: z.int().min(1).max(projections).default(100).describe('sparse random projections'),
    chains: z.int().min(1).max(chains).default(100).describe('chains of ever finer grids'),
    depth: z.int().min(1).max(depth).default(15).describe('grids a chain'),
    window: z.int().min(2).max(window).default(256).describe('samples a window'),
  })
  .refine(xStreamFits, {
    path: ['chains'],
    message: 'chains * depth * window is too large',
  }) satisfies z.ZodType<XStreamParameters>

/** xStream in the catalogue. */
export const xStreamEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'xstream',
  name: 'xStream',
  summary:
    'Grids from coarse to fine over sparse random projections; for many features, and outliers that only some of them show.',
  cost: { sample: 'projections * d + chains * depth', memory: 'chains * depth * window' },
  random: true,
  source: 'Manzoor, Lamba, Akoglu (2018), xStream: Outlier Detection in Feature-Evolving Data Streams',
  parameters,
  state: selfCheckedState('xstream'),
  create: (chosen, { columns, seed }) => createXStream(columns, seed, chosen),
  restore: restoreXStream,
})
