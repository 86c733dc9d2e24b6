import { z } from 'zod'

import { abod, type AbodParameters, type AbodState } from '../../domain/detectors/abod.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { upToRows } from './row-limits.ts'

const parameters = z.strictObject({
  nNeighbors: z
    .int()
    .min(2)
    .default(5)
    .describe('neighbours that span the angles, a training row itself among its own; at most all rows'),
}) satisfies z.ZodType<AbodParameters>

const state = z
  .strictObject({ rows: count, columns: count, data: float64s, nNeighbors: count, lowest: z.number() })
  .refine(
    ({ rows, columns, data, nNeighbors }) => data.length === rows * columns && nNeighbors <= rows,
    'the training rows do not fit the number of rows, columns and neighbours',
  ) satisfies z.ZodType<AbodState>

/** Fast angle-based outlier detection in the catalogue. */
export const abodEntry: CatalogueEntry = catalogueEntry({
  detector: abod,
  parameters,
  limits: upToRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Angle-based outlier detection',
  summary:
    'How little the angles between the neighbours vary as seen from a row. For many features; not for duplicates.',
  cost: { fit: 'd * n * (n + k^2)', score: 'd * m * (n + k^2)' },
  random: false,
  source: 'Kriegel, Schubert, Zimek (2008), Angle-Based Outlier Detection in High-dimensional Data',
})
