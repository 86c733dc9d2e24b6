import { z } from 'zod'

import { mad, type MadParameters } from '../../domain/detectors/mad.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { spanState } from './span-state.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<MadParameters>

/** Median absolute deviation in the catalogue. */
export const madEntry: CatalogueEntry = catalogueEntry({
  detector: mad,
  parameters,
  state: spanState,
  columnsOf: (fitted) => fitted.columns,
  name: 'Median absolute deviation',
  summary: "The worst column's distance from its median, in MADs; above 3.5 is an outlier. Each column by itself.",
  cost: { fit: 'd * n', score: 'd * m' },
  random: false,
  source: 'Iglewicz, Hoaglin (1993), How to Detect and Handle Outliers',
})
