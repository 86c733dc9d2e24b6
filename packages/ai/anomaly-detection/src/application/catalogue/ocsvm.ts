import { z } from 'zod'

import { ocsvm, type OcsvmParameters, type OcsvmState } from '../../domain/detectors/ocsvm.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const kernel = z.enum(['rbf', 'linear', 'poly', 'sigmoid'])

const parameters = z.strictObject({
  kernel: kernel.default('rbf').describe('how alike two rows are'),
  nu: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('share of the rows that may lie outside, at most, and of support vectors, at least'),
  degree: z.int().min(1).max(100).default(3).describe('of the kernel poly'),
  gamma: z
    .union([z.enum(['auto', 'scale']), z.number().positive()])
    .default('auto')
    .describe('of rbf, poly and sigmoid; auto: 1 / features, scale: 1 / (features * variance)'),
  coef0: z.number().default(0).describe('of poly and sigmoid'),
  tol: z.number().positive().default(1e-3).describe('how near to the optimum the solver stops'),
  shrinking: z.boolean().default(true).describe('leave settled rows out of the search; changes the time'),
  cacheSize: z.number().positive().default(200).describe('megabytes of kernel rows kept; changes the time'),
}) satisfies z.ZodType<OcsvmParameters>

const state = z
  .strictObject({
    columns: count,
    kernel: z.strictObject({
      name: kernel,
      exponent: z.int().min(-1000).max(1060),
      slope: z.number().nonnegative(),
      offset: z.number(),
      degree: count,
      unit: z.number().nonnegative(),
    }),
    vectors: float64s,
    coefficients: float64s,
    rho: z.number(),
  })
  .refine(
    ({ columns, vectors, coefficients }) => coefficients.length > 0 && vectors.length === coefficients.length * columns,
    'the support vectors do not fit the number of columns',
  ) satisfies z.ZodType<OcsvmState>

/** One-class support vector machine in the catalogue. */
export const ocsvmEntry: CatalogueEntry = catalogueEntry({
  detector: ocsvm,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'One-class support vector machine',
  summary: 'How far outside the region that holds most rows. Smooth borders; up to some 10,000 rows, standardized.',
  cost: { fit: 'd * n^2 and more', score: 'd * m * n * nu' },
  random: false,
  practicalRows: 50_000,
  source:
    'Schoelkopf, Platt, Shawe-Taylor, Smola, Williamson (2001), Estimating the Support of a High-Dimensional Distribution',
})
