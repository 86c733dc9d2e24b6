import { z } from 'zod'

import { Kswin, type KswinParameters, type KswinState } from '../../../domain/drift/stream/kswin.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, level } from './drift-state-schemas.ts'

const word = z.int().min(0).max(4294967295)

const parameters = z
  .strictObject({
    windowSize: z.int().min(5).max(65_536).default(200).describe('values in the window; 100 in the paper'),
    statSize: z
      .int()
      .min(2)
      .max(32_767)
      .default(60)
      .describe('the newest ones, which are compared with the older; 30 in the paper'),
    alpha: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.001)
      .describe('how unlikely a distance is a drift; asked at every value; 0.005 in the paper'),
    older: z
      .enum(['all', 'drawn'])
      .default('all')
      .describe('compare with all older values, or with statSize of them drawn anew each time, as in the paper'),
  })
  .refine(
    ({ windowSize, statSize }) => windowSize > 2 * statSize,
    'windowSize must be more than 2 * statSize',
  ) satisfies z.ZodType<KswinParameters>

const state = z
  .strictObject({
    id: z.literal('kswin'),
    format: z.literal(1),
    parameters,
    seen: count,
    window: z.array(level),
    random: z.tuple([word, word, word, word]).refine((words) => words.some((one) => one !== 0), 'not all may be 0'),
  })
  .refine(
    ({ parameters: { windowSize }, window }) => window.length <= windowSize,
    'the window is longer than windowSize',
  ) satisfies z.ZodType<KswinState>

/** KSWIN in the catalogue. */
export const kswinEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'kswin',
  name: 'KSWIN',
  summary: 'Compares the newest values with the older ones by Kolmogorov-Smirnov: sees any change of the distribution.',
  cost: { sample: 'windowSize', memory: 'windowSize' },
  random: true,
  source: 'Raab, Heusinger, Schleif (2020), Reactive soft prototype computing for concept drift streams',
  parameters,
  state,
  create: (chosen, { seed }) => new Kswin(chosen, seed),
  restore: (read) => Kswin.fromJSON(read),
})
