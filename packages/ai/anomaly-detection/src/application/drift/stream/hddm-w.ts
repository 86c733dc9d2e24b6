import { z } from 'zod'

import { HddmW, type HddmWParameters, type HddmWState } from '../../../domain/drift/stream/hddm-w.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, share } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    driftConf: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.0002)
      .describe('the chance of a false drift that the bound allows; 0.001 in the paper'),
    warnConf: z.number().gt(0).lt(1).default(0.002).describe('the same of a warning; 0.005 in the paper'),
    lambda: z.number().gt(0).lt(1).default(0.01).describe('the weight of the newest value; 0.05 in the paper'),
    twoSided: z.boolean().default(false).describe('whether a mean that falls is reported, too'),
  })
  .refine(
    ({ driftConf, warnConf }) => driftConf <= warnConf,
    'driftConf must be warnConf at most',
  ) satisfies z.ZodType<HddmWParameters>

const mean = z.strictObject({
  count,
  value: z
    .number()
    .min(-1e-9)
    .max(1 + 1e-9),
  squares: share,
})

const state = z.strictObject({
  id: z.literal('hddm-w'),
  format: z.literal(1),
  parameters,
  seen: count,
  total: mean,
  lowest: z.number().nullable(),
  beforeLow: mean,
  sinceLow: mean,
  highest: z.number().nullable(),
  beforeHigh: mean,
  sinceHigh: mean,
  restarts: z.boolean(),
}) satisfies z.ZodType<HddmWState>

/** HDDM-W in the catalogue. */
export const hddmWEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'hddm-w',
  name: 'HDDM-W',
  summary: 'Numbers in [0, 1], such as errors: has the weighted mean moved, by McDiarmid’s bound? For slow changes.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Frías-Blanco et al. (2015), Online and non-parametric drift detection methods based on Hoeffding’s bounds',
  parameters,
  state,
  create: (chosen) => new HddmW(chosen),
  restore: (read) => HddmW.fromJSON(read),
})
