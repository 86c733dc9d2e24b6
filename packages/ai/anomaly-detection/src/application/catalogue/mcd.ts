import { z } from 'zod'

import { mcd, type McdParameters, type McdState } from '../../domain/detectors/mcd.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  supportFraction: z
    .number()
    .min(0.5)
    .max(1)
    .nullable()
    .default(null)
    .describe('share of the rows that the tightest subset holds; null: the least, (n + d + 1) / 2 rows'),
  assumeCentered: z.boolean().default(false).describe('take the data to be centered on 0'),
  consistency: z
    .enum(['median', 'asymptotic'])
    .default('median')
    .describe(
      "how the subset's covariance is made one of all rows: the paper's way, or that of scikit-learn's late releases",
    ),
}) satisfies z.ZodType<McdParameters>

const state = z
  .strictObject({ columns: count, factors: float64s, center: float64s, whitening: float64s })
  .refine(
    ({ columns, factors, center, whitening }) =>
      [factors, center].every((list) => list.length === columns) && whitening.length === columns * columns,
    'the center and the scatter do not fit the number of columns',
  ) satisfies z.ZodType<McdState>

/** Robust covariance in the catalogue. */
export const mcdEntry: CatalogueEntry = catalogueEntry({
  detector: mcd,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Robust covariance (MCD)',
  summary:
    'How far a row lies from the half of the rows that lies most tightly together. For one cloud of correlated features.',
  cost: { fit: 'd^2 * n + d^3', score: 'd^2 * m' },
  random: true,
  source: 'Rousseeuw, Van Driessen (1999), A Fast Algorithm for the Minimum Covariance Determinant Estimator',
})
