import { z } from 'zod'

import {
  PageHinkley,
  type PageHinkleyParameters,
  type PageHinkleyState,
} from '../../../domain/drift/stream/page-hinkley.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, level } from './drift-state-schemas.ts'

const parameters = z.strictObject({
  minInstances: z.int().min(1).default(30).describe('nothing is reported before so many values'),
  delta: z
    .number()
    .min(0)
    .default(0.005)
    .describe('the change of the mean that is let pass, in the unit of the values'),
  threshold: z.number().gt(0).default(50).describe('the sum of deviations that is a drift, in the unit of the values'),
  alpha: z.number().gt(0).max(1).default(0.9999).describe('what is kept of the sum at each value; 1 never forgets'),
  mode: z.enum(['up', 'down', 'both']).default('both').describe('which way of the mean is watched'),
}) satisfies z.ZodType<PageHinkleyParameters>

const state = z.strictObject({
  id: z.literal('page-hinkley'),
  format: z.literal(1),
  parameters,
  seen: count,
  n: count,
  mean: level,
  sumUp: z.number(),
  minUp: z.number().nullable(),
  sumDown: z.number(),
  maxDown: z.number().nullable(),
  restarts: z.boolean(),
}) satisfies z.ZodType<PageHinkleyState>

/** Page-Hinkley in the catalogue. */
export const pageHinkleyEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'page-hinkley',
  name: 'Page-Hinkley',
  summary: 'Sums what deviates from the mean so far. The fastest; delta and threshold are in the unit of the values.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Page (1954), Continuous inspection schemes; Gama et al. (2014), A survey on concept drift adaptation',
  parameters,
  state,
  create: (chosen) => new PageHinkley(chosen),
  restore: (read) => PageHinkley.fromJSON(read),
})
