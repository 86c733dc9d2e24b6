import { z } from 'zod'

import { gmm, type GmmParameters, type GmmState } from '../../domain/detectors/gmm.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { upToRows } from './row-limits.ts'

const parameters = z.strictObject({
  nComponents: z.int().min(1).max(10_000).default(1).describe('components: at most the training rows'),
  covarianceType: z
    .enum(['full', 'tied', 'diag', 'spherical'])
    .default('full')
    .describe("the components' covariances: any, one for all, without correlation, or round"),
  tol: z.number().gt(0).default(1e-3).describe('least gain in mean log-likelihood that is worth another iteration'),
  regCovar: z.number().min(1e-15).default(1e-6).describe("added to the variances, in the features' unit squared"),
  maxIter: z.int().min(1).default(100).describe('iterations at most'),
  nInit: z.int().min(1).max(10_000).default(1).describe('how many times it begins anew; the likeliest result counts'),
}) satisfies z.ZodType<GmmParameters>

const state = z
  .strictObject({
    columns: count,
    factors: float64s,
    weights: float64s,
    means: float64s,
    whitenings: float64s,
    logDeterminants: float64s,
  })
  .refine(isMixture, 'the components do not fit their number and that of the columns') satisfies z.ZodType<GmmState>

/** Gaussian mixture in the catalogue. */
export const gmmEntry: CatalogueEntry = catalogueEntry({
  detector: gmm,
  parameters,
  limits: upToRows('nComponents'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Gaussian mixture',
  summary:
    'How unlikely a row is under a mixture of normal distributions. For correlated features in one or a few clouds.',
  cost: { fit: 'nComponents * d^2 * n', score: 'nComponents * d^2 * m' },
  random: true,
  source: 'Bishop (2006), Pattern Recognition and Machine Learning, section 9.2',
})

function isMixture({ columns, factors, weights, means, whitenings, logDeterminants }: GmmState): boolean {
  const k = weights.length
  return (
    k > 0 &&
    factors.length === columns &&
    means.length === k * columns &&
    logDeterminants.length === k &&
    (whitenings.length === k * columns || whitenings.length === k * columns * columns)
  )
}
