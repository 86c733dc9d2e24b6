import { z } from 'zod'

import { HddmA, type HddmAParameters, type HddmAState } from '../../../domain/drift/stream/hddm-a.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    driftConf: z.number().gt(0).lt(1).default(0.001).describe('the chance of a false drift that the bound allows'),
    warnConf: z.number().gt(0).lt(1).default(0.005).describe('the same of a warning'),
    twoSided: z.boolean().default(false).describe('whether a mean that falls is reported, too'),
  })
  .refine(
    ({ driftConf, warnConf }) => driftConf <= warnConf,
    'driftConf must be warnConf at most',
  ) satisfies z.ZodType<HddmAParameters>

const mean = z
  .number()
  .min(-1e-9)
  .max(1 + 1e-9) // a running mean of shares is one but for rounding

const state = z
  .strictObject({
    id: z.literal('hddm-a'),
    format: z.literal(1),
    parameters,
    seen: count,
    n: count,
    mean,
    nMin: count,
    meanMin: mean,
    nMax: count,
    meanMax: mean,
    restarts: z.boolean(),
  })
  .refine(
    ({ n, nMin, nMax }) => nMin <= n && nMax <= n,
    'a cut lies after the last value',
  ) satisfies z.ZodType<HddmAState>

/** HDDM-A in the catalogue. */
export const hddmAEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'hddm-a',
  name: 'HDDM-A',
  summary: 'Numbers in [0, 1], such as errors: has the mean moved, by Hoeffding’s bound? For sudden changes.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Frías-Blanco et al. (2015), Online and non-parametric drift detection methods based on Hoeffding’s bounds',
  parameters,
  state,
  create: (chosen) => new HddmA(chosen),
  restore: (read) => HddmA.fromJSON(read),
})
