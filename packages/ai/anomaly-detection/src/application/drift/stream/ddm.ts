import { z } from 'zod'

import { Ddm, type DdmParameters, type DdmState } from '../../../domain/drift/stream/ddm.ts'
import type { StreamDriftDetector } from '../../../domain/drift/stream/stream-drift-detector.ts'
import { type StreamCatalogueEntry, streamCatalogueEntry } from '../../streaming/catalogue/stream-catalogue-entry.ts'
import { count, share } from './drift-state-schemas.ts'

const parameters = z
  .strictObject({
    minInstances: z
      .int()
      .min(1)
      .default(100)
      .describe('nothing is judged before more than so many values; 30 in the paper'),
    warnLevel: z.number().gt(0).default(2).describe('standard deviations above the lowest rate that are a warning'),
    driftLevel: z.number().gt(0).default(3).describe('standard deviations above the lowest rate that are a drift'),
  })
  .refine(
    ({ warnLevel, driftLevel }) => warnLevel <= driftLevel,
    'warnLevel must be driftLevel at most',
  ) satisfies z.ZodType<DdmParameters>

const state = z
  .strictObject({
    id: z.literal('ddm'),
    format: z.literal(1),
    parameters,
    seen: count,
    n: count,
    p: share,
    pMin: share.nullable(),
    sMin: share.nullable(),
    restarts: z.boolean(),
  })
  .refine(
    ({ pMin, sMin }) => (pMin === null) === (sMin === null),
    'pMin and sMin are known both, or neither',
  ) satisfies z.ZodType<DdmState>

/** DDM in the catalogue. */
export const ddmEntry: StreamCatalogueEntry<StreamDriftDetector> = streamCatalogueEntry({
  id: 'ddm',
  name: 'DDM',
  summary:
    'Errors (0 or 1) of a model: has their rate risen above the lowest seen? For sudden changes; blind to a rate that falls.',
  cost: { sample: '1', memory: '1' },
  random: false,
  source: 'Gama, Medas, Castillo, Rodrigues (2004), Learning with drift detection',
  parameters,
  state,
  create: (chosen) => new Ddm(chosen),
  restore: (read) => Ddm.fromJSON(read),
})
