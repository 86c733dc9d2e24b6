import { z } from 'zod'

import {
  RandomCutForest,
  type RandomCutForestParameters,
  type RandomCutForestState,
} from '../../../domain/streaming/detectors/random-cut-forest.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { cutForestState, isShingleOf, shingleState } from './cut-forest-schemas.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const MOST_POINTS = 4_194_304 // in all trees together: a state that says more would only fill the memory

const parameters = z
  .strictObject({
    trees: z.int().min(1).max(10_000).default(50).describe('trees'),
    sampleSize: z.int().min(2).max(65_536).default(256).describe('points that each tree keeps'),
    timeDecay: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'how fast old points give way: 1 / the age at which e times fewer are left; default 1 / (10 * sampleSize)',
      ),
    outputAfter: z.int().min(1).optional().describe('samples before the first score; default sampleSize / 4'),
    shingleSize: z.int().min(1).max(10_000).default(1).describe('samples in a row that make a point'),
    rotation: z.boolean().default(false).describe('samples keep their places in the point as the window moves on'),
  })
  .refine(
    ({ trees, sampleSize }) => trees * sampleSize <= MOST_POINTS,
    `trees * sampleSize must be ${MOST_POINTS} at most`,
  )
  .transform(({ timeDecay, outputAfter, ...given }) => ({
    ...given,
    timeDecay: timeDecay ?? 1 / (10 * given.sampleSize),
    outputAfter: outputAfter ?? Math.ceil(given.sampleSize / 4),
  })) satisfies z.ZodType<RandomCutForestParameters>

/** See `RandomCutForestState`. */
export const rcfState: z.ZodType<RandomCutForestState> = z
  .strictObject({
    id: z.literal('rcf'),
    format: z.literal(1),
    columns: z.int().min(1),
    parameters,
    shingle: shingleState,
    forest: cutForestState,
  })
  .refine(
    ({ columns, parameters: { trees, shingleSize }, shingle, forest }) =>
      isShingleOf(shingle, columns, shingleSize) && forest.trees.length === trees,
    'shingle and trees are not those that the parameters ask for',
  )

/** Random cut forest in the catalogue. */
export const rcfEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'rcf',
  name: 'Random cut forest',
  summary:
    'Random cuts of the recent past; a sample that few of them part from all others is an anomaly. The first choice: it ' +
    'forgets, accepts missing values, and says which numbers are too high or too low.',
  cost: { sample: 'trees * log(sampleSize) * d * shingleSize', memory: 'trees * sampleSize * d * shingleSize' },
  random: true,
  source:
    'Guha, Mishra, Roy, Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on Streams; scores as AWS RCF 4',
  parameters,
  state: rcfState,
  create: (chosen, { columns, seed }) => new RandomCutForest(columns, chosen, seed),
  restore: (read) => RandomCutForest.fromJSON(read),
})
