import { z } from 'zod'

import {
  WINDOW_LOF_LIMITS,
  WindowLof,
  type WindowLofParameters,
} from '../../../domain/streaming/detectors/window-lof.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { selfCheckedState } from './self-checked-state.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const parameters = z
  .strictObject({
    neighbours: z.int().min(2).max(WINDOW_LOF_LIMITS.neighbours).default(20).describe('neighbours of a sample'),
    window: z.int().min(4).max(WINDOW_LOF_LIMITS.window).default(256).describe('how many of the last samples'),
    standardize: z.boolean().default(true).describe('divide columns by their standard deviation in the window'),
  })
  .refine(({ neighbours, window }) => neighbours + 2 <= window, {
    path: ['neighbours'],
    message: 'neighbours are not two fewer than the samples of the window',
  }) satisfies z.ZodType<WindowLofParameters>

/** Local outlier factor over a window in the catalogue. */
export const windowLofEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'lof',
  name: 'Local outlier factor over a window',
  summary:
    'How much thinner the last samples are around a sample than around its neighbours. For clusters of different density.',
  cost: { sample: 'window * (d + neighbours)', memory: 'window^2' },
  random: false,
  source:
    'Breunig, Kriegel, Ng, Sander (2000); Pokrajac, Lazarevic, Latecki (2007), Incremental Local Outlier Detection',
  parameters,
  state: selfCheckedState('lof'),
  create: (chosen, { columns }) => new WindowLof(columns, chosen),
  restore: (state) => WindowLof.fromJSON(state),
})
