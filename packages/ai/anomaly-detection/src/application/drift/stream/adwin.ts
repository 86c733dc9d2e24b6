import { z } from 'zod'

import { Adwin, type AdwinParameters, type AdwinState } from '../../../domain/drift/stream/adwin.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, level, squares } from './drift-state-schemas.ts'

const MOST_LEVELS = 50

const parameters = z.strictObject({
  delta: z.number().gt(0).lt(1).default(0.002).describe('the chance of a false drift that the bound allows'),
  maxBuckets: z.int().min(2).max(100).default(5).describe('runs of each length: more are finer and slower'),
  clock: z.int().min(1).max(1_000_000).default(32).describe('the window is cut at every so many values'),
  minWindow: z.int().min(1).max(1_000_000).default(5).describe('the least values on either side of a cut'),
  grace: z.int().min(1).max(1_000_000).default(10).describe('nothing is cut before more than so many values'),
  afterDrift: z
    .enum(['keep', 'restart'])
    .default('keep')
    .describe('the window lives on, as in the paper and MOA, or starts anew, as in River'),
}) satisfies z.ZodType<AdwinParameters>

const state = z
  .strictObject({
    id: z.literal('adwin'),
    format: z.literal(1),
    parameters,
    seen: count,
    sinceRestart: count,
    window: z.strictObject({
      total: level,
      squares,
      sums: z.array(z.array(level)).min(1).max(MOST_LEVELS),
      spreads: z.array(z.array(squares)).min(1).max(MOST_LEVELS),
    }),
    restarts: z.boolean(),
  })
  .refine(
    ({ parameters: { maxBuckets }, window: { sums, spreads } }) =>
      spreads.length === sums.length &&
      sums.every((runs, at) => runs.length <= maxBuckets && spreads[at]?.length === runs.length),
    'the runs of the window do not fit each other, or are more than maxBuckets',
  ) satisfies z.ZodType<AdwinState>

/** ADWIN in the catalogue. */
export const adwinEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'adwin',
  name: 'ADWIN',
  summary:
    'A window that grows while the mean stays and loses its oldest part when two parts differ. The first choice: any ' +
    'numbers, changes both ways, sudden or slow, no scale to set.',
  cost: { sample: 'maxBuckets * log(n) / clock', memory: 'maxBuckets * log(n)' },
  random: false,
  source: 'Bifet, Gavaldà (2007), Learning from time-changing data with adaptive windowing',
  parameters,
  state,
  create: (chosen) => new Adwin(chosen),
  restore: (read) => Adwin.fromJSON(read),
})
