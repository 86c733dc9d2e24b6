import { z } from 'zod'

import { pca, type PcaParameters, type PcaState } from '../../domain/detectors/pca.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const method = z.enum(['pyod', 'mahalanobis'])

const parameters = z.strictObject({
  nComponents: z.int().min(1).nullable().default(null).describe('components kept, those of most variance; null: all'),
  nSelectedComponents: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('of these, how many are scored by, those of least variance; null: all'),
  weighted: z.boolean().default(true).describe("divide by each component's variance"),
  standardization: z.boolean().default(true).describe('standardize each feature first'),
  method: method.default('pyod').describe("PyOD's distance to the components, or Mahalanobis' along them"),
}) satisfies z.ZodType<PcaParameters>

const state = z
  .strictObject({
    columns: count,
    method,
    factors: float64s,
    centers: float64s,
    scales: float64s,
    components: float64s,
    weights: float64s,
    explainedVarianceRatios: float64s,
  })
  .refine(
    ({ columns, factors, centers, scales, components, weights, explainedVarianceRatios }) =>
      [factors, centers, scales].every((list) => list.length === columns) &&
      components.length === weights.length * columns &&
      explainedVarianceRatios.length === weights.length,
    'the components do not fit the number of columns',
  ) satisfies z.ZodType<PcaState>

/** Principal components in the catalogue. */
export const pcaEntry: CatalogueEntry = catalogueEntry({
  detector: pca,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Principal components',
  summary: 'How unlike the bulk a row lies along the principal components. For features that move together.',
  cost: { fit: 'd^2 * n + d^3', score: 'd^2 * m' },
  random: false,
  source:
    'Shyu, Chen, Sarinnapakorn, Chang (2003), A Novel Anomaly Detection Scheme Based on Principal Component Classifier',
})
