import { z } from 'zod'

import {
  ConformalCalibrator,
  type ConformalParameters,
  LARGEST_CONFORMAL_WINDOW,
} from '../../../domain/streaming/calibrators/conformal.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  window: z.int().min(1).max(LARGEST_CONFORMAL_WINDOW).default(2000).describe('how many of the last scores'),
  warmUp: z.int().min(1).default(100).describe('scores before the first answer'),
}) satisfies z.ZodType<ConformalParameters>

/** Conformal p-values in the catalogue. */
export const conformalEntry: StreamCatalogueEntry<ScoreCalibrator> = streamCatalogueEntry({
  id: 'conformal',
  name: 'Conformal p-values',
  summary: 'The rank of a score among the last ones: false alarms are as rare as asked, whatever the distribution.',
  cost: { sample: 'log(window)', memory: 'window' },
  random: false,
  source: 'Vovk, Gammerman, Shafer (2005), Algorithmic Learning in a Random World; Laxhammar, Falkman (2014)',
  parameters,
  state: selfCheckedState('conformal'),
  create: (chosen) => new ConformalCalibrator(chosen),
  restore: (state) => ConformalCalibrator.fromJSON(state),
})
