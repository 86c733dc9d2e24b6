import { z } from 'zod'

import { randomStream } from '../../../domain/numeric/random-stream.ts'
import {
  ONLINE_IFOREST_LIMITS,
  onlineForestHeight,
  OnlineIsolationForest,
  type OnlineIsolationForestParameters,
} from '../../../domain/streaming/detectors/online-isolation-forest.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    trees: z.int().min(1).max(ONLINE_IFOREST_LIMITS.trees).default(32).describe('trees'),
    window: z.int().min(4).max(ONLINE_IFOREST_LIMITS.window).default(2048).describe('how many of the last samples'),
    leafSamples: z.int().min(1).max(16_384).default(32).describe('samples a leaf at the root holds before it splits'),
  })
  .refine(({ window, leafSamples }) => 4 * leafSamples <= window, {
    path: ['leafSamples'],
    message: 'the window is less than 4 leafSamples',
  })
  .refine((chosen) => onlineForestHeight(chosen) <= ONLINE_IFOREST_LIMITS.height, {
    path: ['leafSamples'],
    message: `the window is more than ${4 ** ONLINE_IFOREST_LIMITS.height} times leafSamples`,
  }) satisfies z.ZodType<OnlineIsolationForestParameters>

/** Online isolation forest in the catalogue. */
export const onlineIforestEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'online-iforest',
  name: 'Online isolation forest',
  summary: 'Trees that grow where the last samples are and shrink where they no longer are; shallow leaves score high.',
  cost: {
    sample: 'trees * d * log(window / leafSamples)',
    memory: 'trees * d * sqrt(window / leafSamples) + window * d',
  },
  random: true,
  source: 'Leveni, Weigert Cassales, Pfahringer, Bifet, Boracchi (2024), Online Isolation Forest',
  parameters,
  state: selfCheckedState('online-iforest'),
  create: (chosen, { columns, seed }) => new OnlineIsolationForest(columns, randomStream(seed), chosen),
  restore: (state) => OnlineIsolationForest.fromJSON(state),
})
