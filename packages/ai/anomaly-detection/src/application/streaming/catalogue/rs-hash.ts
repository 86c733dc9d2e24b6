import { z } from 'zod'

import {
  RS_HASH_LIMITS,
  RsHash,
  rsHashFits,
  type RsHashParameters,
} from '../../../domain/streaming/detectors/rs-hash.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    grids: z.int().min(1).max(RS_HASH_LIMITS.grids).default(100).describe('grids over random subspaces'),
    window: z.int().min(2).max(RS_HASH_LIMITS.window).default(1000).describe('how many of the last samples count'),
  })
  .refine(rsHashFits, { path: ['grids'], message: 'grids * window is too large' }) satisfies z.ZodType<RsHashParameters>

/** RS-Hash in the catalogue. */
export const rsHashEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'rs-hash',
  name: 'RS-Hash',
  summary: 'How many of the last samples share the cells of grids over random subspaces.',
  cost: { sample: 'grids * log(window)', memory: 'grids * window + window * d' },
  random: true,
  source: 'Sathe, Aggarwal (2016), Subspace Outlier Detection in Linear Time with Randomized Hashing',
  parameters,
  state: selfCheckedState('rs-hash'),
  create: (chosen, { columns, seed }) => new RsHash(columns, seed, chosen),
  restore: (state) => RsHash.fromJSON(state),
})
