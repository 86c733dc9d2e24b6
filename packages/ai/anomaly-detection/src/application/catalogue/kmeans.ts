import { z } from 'zod'

import { kmeans, type KmeansParameters, type KmeansState } from '../../domain/detectors/kmeans.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { upToRows } from './row-limits.ts'

const parameters = z.strictObject({
  nClusters: z
    .int()
    .min(1)
    .max(100_000)
    .default(8)
    .describe('clusters: at most the training rows; left out, it adapts to few rows'),
  minShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('share of n / nClusters rows that a cluster must hold for its center to count; 0: every center counts'),
}) satisfies z.ZodType<KmeansParameters>

const state = z
  .strictObject({ columns: count, exponent: z.int().min(-1022).max(1022), centers: float64s })
  .refine(
    ({ columns, centers }) => centers.length > 0 && centers.length % columns === 0,
    'the centers do not fit the number of columns',
  ) satisfies z.ZodType<KmeansState>

/** K-means distance in the catalogue. */
export const kmeansEntry: CatalogueEntry = catalogueEntry({
  detector: kmeans,
  parameters,
  limits: upToRows('nClusters'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'k-means distance',
  summary:
    'How far a row lies from the nearest cluster center. Simple, fast; for data that fall into a few round clusters.',
  cost: { fit: 'nClusters * d * n', score: 'nClusters * d * m' },
  random: true,
  source: 'Chandola, Banerjee, Kumar (2009), Anomaly Detection: A Survey',
})
