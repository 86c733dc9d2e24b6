import { z } from 'zod'

import { EwmaChart, type EwmaChartParameters, type EwmaChartState } from '../../../domain/drift/stream/ewma-chart.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { baselineParameters, baselineState, count, HALF_BASELINE, isWholeBaseline } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    ...baselineParameters,
    lambda: z.number().gt(0).max(1).default(0.2).describe('the weight of the newest value; 1 is a Shewhart chart'),
    limit: z.number().gt(0).default(4.5).describe('half the width of the limits, in sd of the weighted mean'),
  })
  .refine(isWholeBaseline, HALF_BASELINE) satisfies z.ZodType<EwmaChartParameters>

const state = z.strictObject({
  id: z.literal('ewma-chart'),
  format: z.literal(1),
  parameters,
  seen: count,
  baseline: baselineState,
  z: z.number(),
  t: count,
  restarts: z.boolean(),
}) satisfies z.ZodType<EwmaChartState>

/** The EWMA chart in the catalogue. */
export const ewmaChartEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'ewma-chart',
  name: 'EWMA control chart',
  summary: 'An exponentially weighted mean that leaves its limits. For small lasting shifts of numbers about normal.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Roberts (1959), Control chart tests based on geometric moving averages',
  parameters,
  state,
  create: (chosen) => new EwmaChart(chosen),
  restore: (read) => EwmaChart.fromJSON(read),
})
