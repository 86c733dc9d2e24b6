import { z } from 'zod'

import { dixon, type DixonParameters, type DixonState } from '../../domain/detectors/dixon.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({}) satisfies z.ZodType<DixonParameters>

const state = z
  .strictObject({ rows: count, columns: count, sorted: float64s })
  .refine(
    ({ rows, columns, sorted }) =>
      sorted.length === rows * columns &&
      sorted.every((value, at) => Number.isFinite(value) && (at % rows === 0 || value >= (sorted[at - 1] as number))),
    'the sorted columns do not fit the number of rows and columns, or are not sorted',
  ) satisfies z.ZodType<DixonState>

/** Dixon's Q test in the catalogue. */
export const dixonEntry: CatalogueEntry = catalogueEntry({
  detector: dixon,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: "Dixon's Q test",
  summary: 'The gap before a value as a share of the range, in the worst column. For 3 to 30 rows.',
  cost: { fit: 'd * n * log(n)', score: 'd * (n + m * log(n))' },
  random: false,
  source: 'Dean, Dixon (1951), Simplified Statistics for Small Numbers of Observations',
})
