import { z } from 'zod'

import { sod, type SodParameters, type SodState } from '../../domain/detectors/sod.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { neighbours } from './neighbour-parameters.ts'
import { lessThanRows } from './row-limits.ts'

const parameters = z
  .strictObject({
    nNeighbors: neighbours(20),
    refSet: z
      .int()
      .min(1)
      .default(10)
      .describe('rows compared with, those sharing most neighbours; at most nNeighbors'),
    alpha: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.8)
      .describe('a dimension counts where the variance of these is below this share of the mean variance'),
  })
  .refine(({ nNeighbors, refSet }) => refSet <= nNeighbors, {
    path: ['refSet'],
    message: 'refSet must be at most nNeighbors',
  }) satisfies z.ZodType<SodParameters>

const state = z
  .strictObject({
    rows: count,
    columns: count,
    data: float64s,
    nNeighbors: z.int().nonnegative(),
    indices: int32s,
    refSet: z.int().nonnegative(),
    alpha: z.number(),
  })
  .refine(
    ({ rows, columns, data, nNeighbors, indices, refSet }) =>
      data.length === rows * columns &&
      nNeighbors < rows &&
      refSet <= nNeighbors &&
      indices.length === rows * nNeighbors &&
      indices.every((row) => row >= 0 && row < rows),
    'the training rows do not fit the number of rows, columns and neighbours',
  ) satisfies z.ZodType<SodState>

/** Subspace outlier degree in the catalogue. */
export const sodEntry: CatalogueEntry = catalogueEntry({
  detector: sod,
  parameters,
  limits: lessThanRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Subspace outlier degree',
  summary:
    'The distance from like rows in those dimensions in which these agree. For many features, few of which matter.',
  cost: { fit: 'd * n^2 + n * k^2', score: 'd * m * n + m * k^2' },
  random: false,
  source:
    'Kriegel, Kroeger, Schubert, Zimek (2009), Outlier Detection in Axis-Parallel Subspaces of High Dimensional Data',
})
