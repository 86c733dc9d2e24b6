import { z } from 'zod'

import { Surprise, type SurpriseParameters, type SurpriseState } from '../../../domain/streaming/detectors/surprise.ts'
import { FARTHEST } from '../../../domain/streaming/sample.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { anomalyLikelihoodState } from './anomaly-likelihood.ts'
import { rcfState } from './rcf.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const MOST_POINTS = 4_194_304 // in all trees together: a state that says more would only fill the memory

const parameters = z
  .strictObject({
    trees: z.int().min(1).max(10_000).default(30).describe('trees of the random cut forest'),
    sampleSize: z.int().min(2).max(65_536).default(256).describe('points that each tree keeps'),
    shingleSize: z.int().min(1).max(10_000).default(1).describe('samples in a row that the forest judges together'),
    dayParts: z.int().min(1).max(1440).default(24).describe('parts of the day whose usual numbers are kept'),
    tolerance: z
      .number()
      .min(0)
      .max(1000)
      .default(0.05)
      .describe('how far beyond the range seen so far is news: a share of its width'),
    shortWindow: z.int().min(1).max(100_000).default(12).describe('samples whose mean score is judged'),
    warmUp: z.int().min(10).max(1_000_000).default(150).describe('samples before the first score'),
    alarmLevel: z
      .number()
      .gt(0)
      .max(1)
      .default(0.65)
      .describe('likelihood from which on a score is an alarm: 0.65 is a chance of 3 * 10^-7'),
    quiet: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .default(60)
      .describe('samples without an alarm that end it: it is told once'),
    score: z
      .enum(['alarm', 'level'])
      .default('alarm')
      .describe('alarm: high where something begins; level: high as long as it lasts'),
    levelWindow: z.int().min(1).max(1_000_000).default(100).describe('samples whose mean is the level'),
  })
  .refine(
    ({ trees, sampleSize }) => trees * sampleSize <= MOST_POINTS,
    `trees * sampleSize must be ${MOST_POINTS} at most`,
  ) satisfies z.ZodType<SurpriseParameters>

const finite = z.number().min(-FARTHEST).max(FARTHEST)

const state = z
  .strictObject({
    id: z.literal('surprise'),
    format: z.literal(1),
    columns: z.int().min(1),
    parameters,
    forest: rcfState,
    profile: z.strictObject({
      counts: z.array(z.number().min(0)),
      means: z.array(finite),
      variances: z.array(z.number().min(0)),
    }),
    range: z.strictObject({ low: z.array(finite.nullable()), high: z.array(finite.nullable()) }),
    forestLikelihood: anomalyLikelihoodState,
    profileLikelihood: anomalyLikelihoodState,
    level: z.unknown(), // checked by the class that reads it
    calm: z.int().min(0),
  })
  .refine(fits, 'the parts are not those that columns and parameters ask for') satisfies z.ZodType<SurpriseState>

/** Surprise in the catalogue. */
export const surpriseEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'surprise',
  name: 'Surprise: recent past, time of day and range',
  summary:
    'A random cut forest, what is usual at the time of day, and the range seen so far, each calibrated, the largest taken, ' +
    'an alarm told once. The first choice for one metric over time; scores are in [0, 1] and need no calibrator.',
  cost: { sample: 'trees * log(sampleSize) * d * shingleSize', memory: 'trees * sampleSize * d * shingleSize' },
  random: true,
  source:
    'Guha, Mishra, Roy, Schrijvers (2016), Robust Random Cut Forest; Ahmad, Lavin, Purdy, Agha (2017), anomaly likelihood; ' +
    'the spatial anomaly of the Numenta detectors for NAB',
  parameters,
  state,
  create: (chosen, { columns, seed }) => new Surprise(columns, chosen, seed),
  restore: (read) => Surprise.fromJSON(read),
})

function fits({
  columns,
  parameters: chosen,
  forest,
  profile,
  range,
  forestLikelihood,
  profileLikelihood,
}: SurpriseState): boolean {
  const cells = [profile.counts, profile.means, profile.variances].every(
    ({ length }) => length === columns * chosen.dayParts,
  )
  const bounds = range.low.length === columns && range.high.length === columns
  const { trees, sampleSize, shingleSize } = forest.parameters
  const sameForest =
    forest.columns === columns &&
    trees === chosen.trees &&
    sampleSize === chosen.sampleSize &&
    shingleSize === chosen.shingleSize
  const sameLikelihoods = [forestLikelihood, profileLikelihood].every(
    (one) => one.parameters.shortWindow === chosen.shortWindow && one.parameters.warmUp === chosen.warmUp,
  )
  return cells && bounds && sameForest && sameLikelihoods
}
