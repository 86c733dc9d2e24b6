import { z } from 'zod'

import { kde, type KdeParameters, type KdeState } from '../../domain/detectors/kde.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  bandwidth: z.number().gt(0).default(1).describe("standard deviation of the kernel, in the features' unit"),
}) satisfies z.ZodType<KdeParameters>

const state = z
  .strictObject({ rows: count, columns: count, bandwidth: z.number().gt(0), data: float64s })
  .refine(
    ({ rows, columns, data }) => data.length === rows * columns,
    'the training rows do not fit the number of rows and columns',
  ) satisfies z.ZodType<KdeState>

/** Kernel density in the catalogue. */
export const kdeEntry: CatalogueEntry = catalogueEntry({
  detector: kde,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Kernel density',
  summary: 'How thin the smoothed density of the rows is around a row. For up to some 20,000 rows of few features.',
  cost: { fit: 'd * n^2', score: 'd * m * n' },
  random: false,
  practicalRows: 50_000,
  source: 'Parzen (1962); Latecki, Lazarevic, Pokrajac (2007)',
})
