import { z } from 'zod'

import { iqr, type IqrParameters } from '../../domain/detectors/iqr.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { spanState } from './span-state.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<IqrParameters>

/** Interquartile range in the catalogue. */
export const iqrEntry: CatalogueEntry = catalogueEntry({
  detector: iqr,
  parameters,
  state: spanState,
  columnsOf: (fitted) => fitted.columns,
  name: 'Interquartile range',
  summary:
    "The worst column's distance past its quartiles, in interquartile ranges: the fences of a boxplot at 1.5 and 3.",
  cost: { fit: 'd * n', score: 'd * m' },
  random: false,
  source: 'Tukey (1977), Exploratory Data Analysis',
})
