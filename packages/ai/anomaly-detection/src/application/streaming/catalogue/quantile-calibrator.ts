import { z } from 'zod'

import {
  QuantileCalibrator,
  type QuantileCalibratorParameters,
} from '../../../domain/streaming/calibrators/quantile-calibrator.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  warmUp: z.int().min(10).default(200).describe('scores before the first answer'),
}) satisfies z.ZodType<QuantileCalibratorParameters>

/** Quantiles of all scores so far in the catalogue. */
export const quantileEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'quantile',
  name: 'Quantiles',
  summary: 'The share of all scores so far that are lower, in constant memory. For streams that stay as they are.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Jain, Chlamtac (1985), The P-square Algorithm',
  parameters,
  state: selfCheckedState('quantile'),
  create: (chosen) => new QuantileCalibrator(chosen),
  restore: (state) => QuantileCalibrator.fromJSON(state),
})
