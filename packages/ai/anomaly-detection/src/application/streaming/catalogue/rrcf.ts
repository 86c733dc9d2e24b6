import { z } from 'zod'

import { Rrcf, type RrcfParameters, type RrcfState } from '../../../domain/streaming/detectors/rrcf.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { cutTreeStateSchema, isShingleOf, points, randomWords, shingleState } from './cut-forest-schemas.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const MOST_POINTS = 4_194_304 // in all trees together: a state that says more would only fill the memory

const parameters = z
  .strictObject({
    trees: z.int().min(1).max(10_000).default(40).describe('trees'),
    windowSize: z.int().min(2).max(65_536).default(256).describe('points that every tree keeps: the last ones'),
    outputAfter: z.int().min(1).optional().describe('samples before the first score; default windowSize / 4'),
    shingleSize: z.int().min(1).max(10_000).default(1).describe('samples in a row that make a point'),
  })
  .refine(
    ({ trees, windowSize }) => trees * windowSize <= MOST_POINTS,
    `trees * windowSize must be ${MOST_POINTS} at most`,
  )
  .transform(({ outputAfter, ...given }) => ({
    ...given,
    outputAfter: outputAfter ?? Math.ceil(given.windowSize / 4),
  })) satisfies z.ZodType<RrcfParameters>

const state: z.ZodType<RrcfState> = z
  .strictObject({
    id: z.literal('rrcf'),
    format: z.literal(1),
    columns: z.int().min(1),
    parameters,
    random: randomWords,
    shingle: shingleState,
    window: points,
    trees: z.array(cutTreeStateSchema),
  })
  .refine(
    ({ columns, parameters: { trees: wanted, shingleSize }, shingle, trees }) =>
      isShingleOf(shingle, columns, shingleSize) && trees.length === wanted,
    'shingle and trees are not those that the parameters ask for',
  )

/** Robust random cut forest in the catalogue. */
export const rrcfEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'rrcf',
  name: 'Robust random cut forest, collusive displacement',
  summary:
    'How many of the last samples one of them, or the group it belongs to, pushes down in random cut trees. Every tree ' +
    'takes in every sample: slower than rcf, and it forgets abruptly.',
  cost: { sample: 'trees * log(windowSize) * d * shingleSize', memory: 'trees * windowSize * d * shingleSize' },
  random: true,
  source:
    'Guha, Mishra, Roy, Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on Streams; as the package rrcf',
  parameters,
  state,
  create: (chosen, { columns, seed }) => new Rrcf(columns, chosen, seed),
  restore: (read) => Rrcf.fromJSON(read),
})
