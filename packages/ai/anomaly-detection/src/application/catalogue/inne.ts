import { z } from 'zod'

import { inne, type InneParameters, type InneState } from '../../domain/detectors/inne.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  nEstimators: z.int().min(1).max(100_000).default(200).describe('sets of spheres'),
  maxSamples: z
    .union([z.int().min(1), z.number().gt(0).lt(1)])
    .default(8)
    .describe('rows each set is drawn around: a number of rows, or a share of them below 1; never more than there are'),
}) satisfies z.ZodType<InneParameters>

const state = z
  .strictObject({
    columns: count,
    sampleSize: count,
    exponent: z.int().min(-1022).max(1022),
    centers: float64s,
    radii: float64s,
    ratios: float64s,
  })
  .refine(
    ({ columns, sampleSize, centers, radii, ratios }) =>
      radii.length > 0 &&
      radii.length % sampleSize === 0 &&
      ratios.length === radii.length &&
      centers.length === radii.length * columns,
    'the spheres do not fit the number of columns and of spheres a set',
  ) satisfies z.ZodType<InneState>

/** INNE in the catalogue. */
export const inneEntry: CatalogueEntry = catalogueEntry({
  detector: inne,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'INNE',
  summary:
    'Isolates rows by spheres around few sampled rows. Sees local anomalies where isolation forest does not; fast.',
  cost: { fit: 'd * nEstimators * maxSamples^2', score: 'd * m * nEstimators * maxSamples' },
  random: true,
  source: 'Bandaragoda et al. (2018), Isolation-based Anomaly Detection Using Nearest-Neighbor Ensembles',
})
