import { z } from 'zod'

import { grubbs, type GrubbsParameters } from '../../domain/detectors/grubbs.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { spanState } from './span-state.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<GrubbsParameters>

/** Grubbs' test in the catalogue. */
export const grubbsEntry: CatalogueEntry = catalogueEntry({
  detector: grubbs,
  parameters,
  state: spanState,
  columnsOf: (fitted) => fitted.columns,
  name: "Grubbs' test",
  summary: "The worst column's distance from its mean, in standard deviations. For one outlier in normal data.",
  cost: { fit: 'd * n', score: 'd * m' },
  random: false,
  source: 'Grubbs (1950), Sample Criteria for Testing Outlying Observations',
})
