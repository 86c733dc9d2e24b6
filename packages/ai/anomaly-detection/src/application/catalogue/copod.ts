import { z } from 'zod'

import { copod, type CopodParameters } from '../../domain/detectors/copod.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { tailState } from './tail-state.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<CopodParameters>

/** COPOD in the catalogue. */
export const copodEntry: CatalogueEntry = catalogueEntry({
  detector: copod,
  parameters,
  state: tailState,
  columnsOf: (fitted) => fitted.columns,
  name: 'COPOD',
  summary: 'As ECOD, weighing the tail on the side to which a feature leans. No parameters, no randomness.',
  cost: { fit: 'd * n', score: 'd * (n + m)' },
  random: false,
  source: 'Li et al. (2020), COPOD: Copula-Based Outlier Detection',
})
