import { z } from 'zod'

import { gesd, type GesdParameters } from '../../domain/detectors/gesd.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { spanState } from './span-state.ts'

const parameters = z.strictObject({
  maxOutliers: z
    .union([z.int().min(1), z.number().gt(0).max(0.5)])
    .default(0.1)
    .describe('the most outliers looked for in a column: a number of rows, or a share of them; under half of them'),
}) satisfies z.ZodType<GesdParameters>

/** Generalized ESD test in the catalogue. */
export const gesdEntry: CatalogueEntry = catalogueEntry({
  detector: gesd,
  parameters,
  state: spanState,
  columnsOf: (fitted) => fitted.columns,
  name: 'Generalized ESD test',
  summary: "As Grubbs' test for several outliers, which do not hide each other. Normal data, 25 rows and more.",
  cost: { fit: 'd * n * log(n)', score: 'd * m' },
  random: false,
  source: 'Rosner (1983), Percentage Points for a Generalized ESD Many-Outlier Procedure',
})
