import { z } from 'zod'

import { dealIntoBuckets } from '../../../domain/combination/buckets.ts'
import { randomStream } from '../../../domain/numeric/random-stream.ts'
import {
  CombinedStreamDetector,
  type CombinedStreamParameters,
  LARGEST_MEMORY,
  MOST_MEMBERS,
} from '../../../domain/streaming/combination/combined-stream-detector.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { partChoice } from '../part-choice.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'
import type { StreamPartCatalogue } from './stream-part-catalogue.ts'

const DEFAULT_MEMBERS = ['half-space-trees', 'robust-z-score', 'knn']

const parameters = z
  .strictObject({
    members: z
      .array(partChoice)
      .min(1)
      .max(MOST_MEMBERS)
      .default(DEFAULT_MEMBERS.map((id) => ({ id, parameters: {} })))
      .describe('stream detectors: ids, or ids with parameters'),
    rule: z
      .enum(['mean', 'max', 'median', 'aom', 'moa'])
      .default('moa')
      .describe('how scores become one: aom and moa are average of maximum and maximum of average over buckets'),
    weights: z
      .enum(['equal', 'agreement'])
      .default('equal')
      .describe('members count alike in a mean, or for more the more they agree with the others'),
    buckets: z
      .int()
      .min(1)
      .max(MOST_MEMBERS)
      .default(2)
      .describe('buckets that members are dealt into, for aom and moa'),
    memory: z
      .int()
      .min(10)
      .max(LARGEST_MEMORY)
      .default(5000)
      .describe('how many of the last scores set the scale of a member'),
    warmUp: z.int().min(2).default(30).describe('scores of each member before the first combined one'),
  })
  .refine(({ rule, weights }) => weights === 'equal' || rule === 'mean', {
    path: ['weights'],
    message: 'weights count in a mean only',
  }) satisfies z.ZodType<CombinedStreamParameters>

/** Combined detectors in the catalogue. @param catalogue - what the members are chosen from */
export function combinedEntry(catalogue: StreamPartCatalogue<StreamDetector>): StreamCatalogueEntry<StreamDetector> {
  return streamCatalogueEntry({
    id: 'combined',
    name: 'Combined detectors',
    summary: 'Several stream detectors: their scores are brought to one scale and combined, to be calibrated once.',
    cost: { sample: 'that of the members', memory: 'that of the members' },
    random: true,
    source: 'Aggarwal, Sathe (2015), Theoretical Foundations and Algorithms for Outlier Ensembles',
    parameters,
    state: selfCheckedState('combined'),
    create: ({ members: choices, buckets, ...chosen }, { columns, seed }) => {
      const { next } = randomStream(seed)
      const members = choices.map(({ id, parameters: own }) =>
        catalogue.create(id, own, { columns, seed: Math.floor(next() * 2 ** 32) }),
      )
      const bucketOf = dealIntoBuckets(members.length, Math.min(buckets, members.length), next)
      return new CombinedStreamDetector(members, bucketOf, chosen)
    },
    restore: (state) => CombinedStreamDetector.fromJSON(state, catalogue.restore),
  })
}
