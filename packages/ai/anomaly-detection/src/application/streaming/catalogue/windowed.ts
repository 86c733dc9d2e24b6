import { z } from 'zod'

import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { parseBySchema } from '../../parse-options.ts'
import { partChoice } from '../part-choice.ts'
import { LARGEST_WINDOW, WindowedDetector, type WindowedParameters } from '../windowed-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from './stream-catalogue-entry.ts'

const fields = {
  detector: partChoice
    .default({ id: 'iforest', parameters: {} })
    .describe('of the detectors of tables: its id, or its id and parameters'),
  window: z
    .enum(['sliding', 'tumbling', 'session'])
    .default('sliding')
    .describe('the last samples, the last whole window, or the last run of samples without a gap in time'),
  size: z.int().min(2).max(LARGEST_WINDOW).default(256).describe('samples of a window, and the most of a session'),
  refitEvery: z.int().min(1).default(64).describe('samples after which a sliding window is fitted anew'),
  drift: partChoice
    .nullable()
    .default(null)
    .describe('a detector of drift; then a sliding window is fitted anew when the scores have changed'),
  fewest: z
    .int()
    .min(2)
    .default(32)
    .describe('the fewest samples that it is fitted to after a drift, and of a session'),
  gapMs: z.number().positive().default(60_000).describe('milliseconds without a sample that end a session'),
}

const fewestFit = ({ fewest, size }: { readonly fewest: number; readonly size: number }): boolean => fewest <= size
const fewestFault = { path: ['fewest'], message: 'fewest is more than the size of the window' }

const parameters = z.strictObject(fields).refine(fewestFit, fewestFault) satisfies z.ZodType<WindowedParameters>
const stateParameters = z.object(fields).refine(fewestFit, fewestFault) satisfies z.ZodType<WindowedParameters>

/** Any detector of tables as one of streams, in the catalogue. */
export const windowedEntry: StreamCatalogueEntry<StreamDetector> = streamCatalogueEntry({
  id: 'windowed',
  name: 'Any detector, over a window',
  summary: 'A detector of tables, fitted again and again to a window of the stream: sliding, tumbling, or a session.',
  cost: { sample: "the detector's score of a row, and its fit now and then", memory: "size * d, and the detector's" },
  random: true,
  source: 'PySAD 0.5, ReferenceWindowModel',
  parameters,
  state: z.looseObject({ id: z.literal('windowed'), format: z.literal(1) }),
  create: (chosen, { columns, seed }) => new WindowedDetector(columns, seed, chosen),
  restore: (state) => {
    const code = 'anomaly-detection/invalid-stream-state'
    const stored = parseBySchema(stateParameters, state, code, 'state of windowed')
    try {
      return WindowedDetector.fromJSON(state, stored)
    } catch (error) {
      if (AnomalyDetectionError.is(error) && error.code === code) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new AnomalyDetectionError(code, `state of windowed: ${reason}`, {}, error) // of a part that there is not
    }
  },
})
