import { z } from 'zod'

import { ecod, type EcodParameters, type EcodState } from '../../domain/detectors/ecod.ts'
import { count, float64s, int8s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<EcodParameters>

const state = z
  .strictObject({ rows: count, columns: count, sorted: float64s, skew: int8s })
  .refine(
    ({ rows, columns, sorted, skew }) => sorted.length === rows * columns && skew.length === columns,
    'the sorted columns do not fit the number of rows and columns',
  ) satisfies z.ZodType<EcodState>

/** ECOD in the catalogue. */
export const ecodEntry: CatalogueEntry = catalogueEntry({
  detector: ecod,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'ECOD',
  summary: 'Adds up how far out in the tails of each feature a row lies. No parameters, no randomness.',
  cost: { fit: 'd * n', score: 'd * (n + m)' },
  random: false,
  source: 'Li et al. (2022), ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution Functions',
})
