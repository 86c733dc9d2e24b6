import { z } from 'zod'

import {
  HALF_SPACE_LIMITS,
  HalfSpaceTrees,
  type HalfSpaceTreesParameters,
} from '../../../domain/streaming/detectors/half-space-trees.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const { trees, height, window, nodes } = HALF_SPACE_LIMITS

const parameters = z
  .strictObject({
    trees: z.int().min(1).max(trees).default(25).describe('trees'),
    height: z.int().min(1).max(height).default(15).describe('splits from the root of a tree to a leaf'),
    window: z.int().min(2).max(window).default(250).describe('samples a window; the last whole one is judged by'),
    sizeLimit: z.number().min(0).max(1).default(0.1).describe('share of the window below which a walk ends'),
    score: z
      .enum(['mass', 'path-sum'])
      .default('mass')
      .describe('by the mass where the walk ends, or, as River, by those of all nodes on the way'),
    range: z
      .enum(['adaptive', 'unit'])
      .default('adaptive')
      .describe('ranges of the features: learned from the stream, or all [0, 1]'),
  })
  .refine((chosen) => chosen.trees * 2 ** (chosen.height + 1) <= nodes, {
    path: ['trees'],
    message: `trees * 2^(height + 1) is more than ${nodes} nodes`,
  }) satisfies z.ZodType<HalfSpaceTreesParameters>

/** Half-space trees in the catalogue. */
export const halfSpaceTreesEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'half-space-trees',
  name: 'Half-space trees',
  summary:
    'How many of the last samples fell into the same part of the space. Very fast, says which features are off; for streams ' +
    'of rows whose order does not matter.',
  cost: { sample: 'trees * height', memory: 'trees * 2^height + window * (d + trees)' },
  random: true,
  source: 'Tan, Ting, Liu (2011), Fast Anomaly Detection for Streaming Data',
  parameters,
  state: selfCheckedState('half-space-trees'),
  create: (chosen, { columns, seed }) => new HalfSpaceTrees(columns, seed, chosen),
  restore: (state) => HalfSpaceTrees.fromJSON(state),
})
