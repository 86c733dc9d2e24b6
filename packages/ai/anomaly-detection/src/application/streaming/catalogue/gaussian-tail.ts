import { z } from 'zod'

import {
  GaussianTailCalibrator,
  type GaussianTailParameters,
  LARGEST_GAUSSIAN_WINDOW,
} from '../../../domain/streaming/calibrators/gaussian-tail.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  window: z.int().min(2).max(LARGEST_GAUSSIAN_WINDOW).default(5000).describe('how many of the last scores'),
  warmUp: z.int().min(2).default(100).describe('scores before the first answer'),
}) satisfies z.ZodType<GaussianTailParameters>

/** The Gaussian tail in the catalogue. */
export const gaussianTailEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'gaussian-tail',
  name: 'Gaussian tail',
  summary: 'The share of a normal distribution below a score. Right only for scores that are spread like one.',
  cost: { sample: '1', memory: 'window' },
  random: false,
  source: 'PySAD 0.5, GaussianTailProbabilityCalibrator; Ahmad, Lavin, Purdy, Agha (2017)',
  parameters,
  state: selfCheckedState('gaussian-tail'),
  create: (chosen) => new GaussianTailCalibrator(chosen),
  restore: (state) => GaussianTailCalibrator.fromJSON(state),
})
