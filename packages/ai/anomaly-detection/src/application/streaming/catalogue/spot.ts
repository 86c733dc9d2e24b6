import { z } from 'zod'

import { PEAKS_LIMITS } from '../../../domain/streaming/calibrators/peaks-over-threshold.ts'
import {
  type DriftSpotParameters,
  LARGEST_SPOT_DEPTH,
  Spot,
  type SpotParameters,
} from '../../../domain/streaming/calibrators/spot.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const tail = {
  risk: z.number().gt(0).max(0.1).default(0.001).describe('share of scores that counts as anomalies'),
  level: z.number().min(0.5).max(0.999).default(0.98).describe('share of the first scores below the tail'),
  initial: z.int().min(10).max(PEAKS_LIMITS.initial).default(1000).describe('scores that set where the tail begins'),
  peaks: z.int().min(10).max(PEAKS_LIMITS.peaks).default(500).describe('peaks that the tail is fitted to'),
}

const parameters = z.strictObject(tail) satisfies z.ZodType<SpotParameters>

const driftParameters = z.strictObject({
  ...tail,
  depth: z.int().min(1).max(LARGEST_SPOT_DEPTH).default(50).describe('scores whose mean is taken off'),
}) satisfies z.ZodType<DriftSpotParameters>

const source = 'Siffer, Fouque, Termier, Largouet (2017), Anomaly Detection in Streams with Extreme Value Theory'

/** SPOT in the catalogue. */
export const spotEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'spot',
  name: 'SPOT',
  summary:
    'How improbable a score is by extreme-value theory, without a look at how scores are distributed below their tail.',
  cost: { sample: 'log(initial), now and then peaks', memory: 'initial + peaks' },
  random: false,
  source,
  parameters,
  state: selfCheckedState('spot'),
  create: (chosen) => Spot.create(chosen),
  restore: (state) => Spot.fromJSON(state, 'spot'),
})

/** DSPOT in the catalogue. */
export const driftSpotEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'dspot',
  name: 'DSPOT',
  summary: 'As SPOT, of what a score differs from the mean of those before it: for scores whose level drifts.',
  cost: { sample: 'log(initial), now and then peaks', memory: 'initial + peaks + depth' },
  random: false,
  source,
  parameters: driftParameters,
  state: selfCheckedState('dspot'),
  create: (chosen) => Spot.createForDrift(chosen),
  restore: (state) => Spot.fromJSON(state, 'dspot'),
})
