import { z } from 'zod'

import {
  AnomalyLikelihood,
  type AnomalyLikelihoodParameters,
  type AnomalyLikelihoodState,
} from '../../../domain/streaming/calibrators/anomaly-likelihood.ts'
import { FARTHEST } from '../../../domain/streaming/sample.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const FIELDS = 3 // of a block of moments

const score = z.number().min(-FARTHEST).max(FARTHEST)

const parameters = z
  .strictObject({
    shortWindow: z.int().min(1).max(100_000).default(10).describe('scores whose mean is judged'),
    longWindow: z.int().min(10).max(10_000_000).default(8000).describe('means that it is judged by'),
    refitEvery: z.int().min(1).max(1_000_000).default(100).describe('scores between two fits of their distribution'),
    settling: z.int().min(0).max(1_000_000).default(65).describe('first scores that are left out of the distribution'),
    warmUp: z.int().min(2).max(10_000_000).default(150).describe('scores before the first answer'),
    firstOfRun: z.boolean().default(true).describe('only the first score of a run speaks at full strength'),
  })
  .refine(({ settling, warmUp }) => warmUp >= settling + 2, 'warmUp must be at least 2 above settling')
  .refine(
    ({ longWindow, refitEvery }) => refitEvery <= longWindow && longWindow / refitEvery <= 100_000,
    'longWindow must be between refitEvery and 100000 times it',
  ) satisfies z.ZodType<AnomalyLikelihoodParameters>

/** See `AnomalyLikelihoodState`. */
export const anomalyLikelihoodState: z.ZodType<AnomalyLikelihoodState> = z
  .strictObject({
    id: z.literal('anomaly-likelihood'),
    format: z.literal(1),
    parameters,
    learned: z.int().min(0),
    recent: z.array(score),
    history: z.strictObject({ blocks: z.array(z.number()) }),
    mean: score,
    sd: z.number().min(0).max(FARTHEST),
    inRun: z.boolean(),
  })
  .refine(fits, 'scores and blocks are not as many as the parameters ask for')

/** Anomaly likelihood in the catalogue. */
export const anomalyLikelihoodEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'anomaly-likelihood',
  name: 'Anomaly likelihood',
  summary:
    'How improbable the mean of the last scores is under a normal distribution of those before. For noisy scores.',
  cost: { sample: 'shortWindow', memory: 'shortWindow + longWindow / refitEvery' },
  random: false,
  source: 'Ahmad, Lavin, Purdy, Agha (2017), Unsupervised real-time anomaly detection for streaming data',
  parameters,
  state: anomalyLikelihoodState,
  create: (chosen) => new AnomalyLikelihood(chosen),
  restore: (read) => AnomalyLikelihood.fromJSON(read),
})

function fits({ parameters: chosen, learned, recent, sd, history: { blocks } }: AnomalyLikelihoodState): boolean {
  const { shortWindow, longWindow, refitEvery, warmUp } = chosen
  const most = Math.ceil(longWindow / refitEvery) + 1
  return (
    recent.length === Math.min(learned, shortWindow) &&
    blocks.length % FIELDS === 0 &&
    blocks.length / FIELDS <= most &&
    blocks.every((value, place) => (place % FIELDS === 1 ? Math.abs(value) <= FARTHEST : value >= 0)) &&
    (learned < warmUp || (blocks.length > 0 && sd > 0))
  )
}
