import { z } from 'zod'

import { autoEncoder, type AutoEncoderParameters, type AutoEncoderState } from '../../domain/detectors/auto-encoder.ts'
import { parameterCount } from '../../domain/neural/dense-network.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  hiddenNeuronList: z
    .array(z.int().min(1).max(4096))
    .min(1)
    .max(16)
    .nullable()
    .default(null)
    .describe("widths of the encoder's layers, the decoder mirrors them; null: 64, then a third of the features"),
  epochNum: z.int().min(1).max(100_000).default(10).describe('times each row is seen'),
  batchSize: z.int().min(1).default(32).describe('rows a step'),
  lr: z.number().gt(0).max(1).default(0.001).describe("Adam's step"),
  weightDecay: z.number().min(0).max(1).default(1e-5).describe('share of each weight that a step takes off'),
  trim: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe('share of the rows, those written worst, that an epoch leaves out'),
}) satisfies z.ZodType<AutoEncoderParameters>

const state = z
  .strictObject({
    columns: count,
    sizes: z.array(count).min(3),
    weights: float64s,
    factors: float64s,
    means: float64s,
    deviations: float64s,
  })
  .refine(
    ({ columns, sizes, weights, factors, means, deviations }) =>
      sizes[0] === columns &&
      sizes.at(-1) === columns &&
      weights.length === parameterCount(sizes) &&
      [factors, means, deviations].every((list) => list.length === columns),
    'the layers do not fit together',
  ) satisfies z.ZodType<AutoEncoderState>

/** Autoencoder in the catalogue. */
export const autoEncoderEntry: CatalogueEntry = catalogueEntry({
  detector: autoEncoder,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Autoencoder',
  summary:
    'How badly a small network, trained to write rows anew, writes a row. For curved relations between features.',
  cost: { fit: 'epochNum * n * weights', score: 'm * weights' },
  random: true,
  source: 'Sakurada, Yairi (2014), Anomaly Detection Using Autoencoders with Nonlinear Dimensionality Reduction',
})
