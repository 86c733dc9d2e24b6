import { z } from 'zod'

import { cblof, type CblofParameters, type CblofState } from '../../domain/detectors/cblof.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { upToRows } from './row-limits.ts'

const parameters = z.strictObject({
  nClusters: z
    .int()
    .min(2)
    .max(100_000)
    .default(8)
    .describe('clusters: at most the training rows; left out, it adapts to few rows'),
  alpha: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.9)
    .describe('share of the rows that the large clusters hold together, at least'),
  beta: z.number().gt(1).default(5).describe('how many times larger a large cluster is than a small one, at least'),
  useWeights: z.boolean().default(false).describe("multiply distances by the size of the row's cluster"),
}) satisfies z.ZodType<CblofParameters>

const state = z
  .strictObject({
    columns: count,
    exponent: z.int().min(-1022).max(1022),
    large: count,
    useWeights: z.boolean(),
    centers: float64s,
    sizes: int32s,
  })
  .refine(
    ({ columns, large, centers, sizes }) => large <= sizes.length && centers.length === sizes.length * columns,
    'the clusters do not fit the number of columns and of large clusters',
  ) satisfies z.ZodType<CblofState>

/** CBLOF in the catalogue. */
export const cblofEntry: CatalogueEntry = catalogueEntry({
  detector: cblof,
  parameters,
  limits: upToRows('nClusters'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'CBLOF',
  summary: 'How far a row lies from the center of a large cluster. For data that fall into a few clusters; fast.',
  cost: { fit: 'nClusters * d * n', score: 'nClusters * d * m' },
  random: true,
  source: 'He, Xu, Deng (2003), Discovering Cluster-based Local Outliers',
})
