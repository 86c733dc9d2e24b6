import { z } from 'zod'

import { lof, type LofParameters, type LofState } from '../../domain/detectors/lof.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { metric, neighbours } from './neighbour-parameters.ts'
import { lessThanRows } from './row-limits.ts'

const parameters = z.strictObject({
  nNeighbors: neighbours(20),
  metric: metric.default('euclidean').describe('how far apart two rows are'),
}) satisfies z.ZodType<LofParameters>

const state = z
  .strictObject({
    rows: count,
    columns: count,
    data: float64s,
    nNeighbors: count,
    metric,
    kDistances: float64s,
    densities: float64s,
  })
  .refine(
    ({ rows, columns, data, nNeighbors, kDistances, densities }) =>
      data.length === rows * columns &&
      nNeighbors <= rows &&
      [kDistances, densities].every((list) => list.length === rows),
    'the training rows do not fit the number of rows, columns and neighbours',
  ) satisfies z.ZodType<LofState>

/** Local outlier factor in the catalogue. */
export const lofEntry: CatalogueEntry = catalogueEntry({
  detector: lof,
  parameters,
  limits: lessThanRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Local outlier factor',
  summary: 'How much thinner the data is around a row than around its neighbours. For clusters of different density.',
  cost: { fit: 'd * n * log(n) to d * n^2', score: 'd * m * log(n) to d * m * n' },
  random: false,
  source: 'Breunig, Kriegel, Ng, Sander (2000), LOF: Identifying Density-Based Local Outliers',
})
