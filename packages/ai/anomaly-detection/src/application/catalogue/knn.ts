import { z } from 'zod'

import { knn, type KnnParameters, type KnnState } from '../../domain/detectors/knn.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { metric, neighbours } from './neighbour-parameters.ts'
import { lessThanRows } from './row-limits.ts'

const method = z.enum(['largest', 'mean', 'median'])

const parameters = z.strictObject({
  nNeighbors: neighbours(5),
  method: method.default('largest').describe('which of the distances to the neighbours, or their mean'),
  metric: metric.default('euclidean').describe('how far apart two rows are'),
}) satisfies z.ZodType<KnnParameters>

const state = z
  .strictObject({ rows: count, columns: count, data: float64s, nNeighbors: count, method, metric })
  .refine(
    ({ rows, columns, data, nNeighbors }) => data.length === rows * columns && nNeighbors <= rows,
    'the training rows do not fit the number of rows, columns and neighbours',
  ) satisfies z.ZodType<KnnState>

/** K nearest neighbours in the catalogue. */
export const knnEntry: CatalogueEntry = catalogueEntry({
  detector: knn,
  parameters,
  limits: lessThanRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'k nearest neighbours',
  summary: 'The distance to the nearest rows. Simple and strong on up to some 100,000 rows of few features.',
  cost: { fit: 'd * n * log(n) to d * n^2', score: 'd * m * log(n) to d * m * n' },
  random: false,
  source: 'Ramaswamy, Rastogi, Shim (2000); Angiulli, Pizzuti (2002)',
})
