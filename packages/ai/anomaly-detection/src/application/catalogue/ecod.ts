import { z } from 'zod'

import { ecod, type EcodParameters } from '../../domain/detectors/ecod.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { tailState } from './tail-state.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<EcodParameters>

/** ECOD in the catalogue. */
export const ecodEntry: CatalogueEntry = catalogueEntry({
  detector: ecod,
  parameters,
  state: tailState,
  columnsOf: (fitted) => fitted.columns,
  name: 'ECOD',
  summary: 'Adds up how far out in the tails of each feature a row lies. No parameters, no randomness.',
  cost: { fit: 'd * n', score: 'd * (n + m)' },
  random: false,
  source: 'Li et al. (2022), ECOD: Unsupervised Outlier Detection Using Empirical Cumulative Distribution Functions',
})
