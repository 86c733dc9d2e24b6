import { z } from 'zod'

import { hbos, type HbosParameters, type HbosState } from '../../domain/detectors/hbos.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  nBins: z.int().min(2).max(100_000).default(10).describe('bins a feature'),
  alpha: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('added to every density, so that an empty bin has a finite score'),
  tol: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('how far outside the training range, in bin widths, a value still counts to the end bin'),
}) satisfies z.ZodType<HbosParameters>

const state = z
  .strictObject({ columns: count, nBins: count, tol: z.number(), edges: float64s, binScores: float64s })
  .refine(
    ({ columns, nBins, edges, binScores }) =>
      edges.length === columns * (nBins + 1) && binScores.length === columns * nBins,
    'the histograms do not fit the number of columns and bins',
  ) satisfies z.ZodType<HbosState>

/** HBOS in the catalogue. */
export const hbosEntry: CatalogueEntry = catalogueEntry({
  detector: hbos,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'HBOS',
  summary: 'One histogram a feature; rows in thinly filled bins score high. The fastest; blind to how features relate.',
  cost: { fit: 'd * n', score: 'd * m' },
  random: false,
  source: 'Goldstein, Dengel (2012), Histogram-based Outlier Score (HBOS)',
})
