import { z } from 'zod'

import {
  createRobustZScore,
  LARGEST_ROBUST_WINDOW,
  restoreRobustZScore,
  type RobustZScoreParameters,
} from '../../../domain/streaming/detectors/robust-z-score.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z.strictObject({
  window: z.int().min(3).max(LARGEST_ROBUST_WINDOW).default(500).describe('how many of the last values'),
  warmUp: z.int().min(2).default(30).describe('samples before the first score'),
}) satisfies z.ZodType<RobustZScoreParameters>

/** The robust z-score in the catalogue. */
export const robustZScoreEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'robust-z-score',
  name: 'Robust z-score',
  summary: 'Scaled median deviations of each value from the median of the last ones: a few wild values do not move it.',
  cost: { sample: 'd * log(window)', memory: 'd * window' },
  random: false,
  source: 'Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers',
  parameters,
  state: selfCheckedState('robust-z-score'),
  create: (chosen, { columns }) => createRobustZScore(columns, chosen),
  restore: restoreRobustZScore,
})
