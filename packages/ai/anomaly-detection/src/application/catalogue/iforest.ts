import { z } from 'zod'

import { iforest, type IforestParameters, type IforestState } from '../../domain/detectors/iforest.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  nEstimators: z.int().min(1).max(100_000).default(100).describe('trees'),
  maxSamples: z
    .union([z.int().min(1), z.number().gt(0).lt(1)])
    .default(256)
    .describe('rows each tree is grown on: a number of rows, or a share of them below 1; never more than there are'),
  maxFeatures: z.number().gt(0).max(1).default(1).describe('share of the features each tree may split on'),
  bootstrap: z.boolean().default(false).describe("draw a tree's rows with replacement"),
}) satisfies z.ZodType<IforestParameters>

const state = z
  .strictObject({
    columns: count,
    sampleSize: count,
    roots: int32s,
    features: int32s,
    thresholds: float64s,
    left: int32s,
    samples: int32s,
  })
  .refine(isForest, 'the nodes of the forest do not fit together') satisfies z.ZodType<IforestState>

/** Isolation forest in the catalogue. */
export const iforestEntry: CatalogueEntry = catalogueEntry({
  detector: iforest,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Isolation forest',
  summary: 'Isolates rows by random splits; few splits mean an anomaly. The first choice for many rows and features.',
  cost: { fit: 'nEstimators * maxSamples * log(maxSamples)', score: 'm * nEstimators * log(maxSamples)' },
  random: true,
  source: 'Liu, Ting, Zhou (2008), Isolation Forest',
})

// An edited file must not send a walk out of bounds or round in circles.
function isForest({ columns, roots, features, thresholds, left, samples }: IforestState): boolean {
  const nodes = features.length
  if (roots.length === 0 || [thresholds, left, samples].some((list) => list.length !== nodes)) return false
  if (roots.some((root) => root < 0 || root >= nodes)) return false
  return left.every((child, node) =>
    child === -1
      ? features[node] === -1
      : child > node && child + 1 < nodes && (features[node] as number) >= 0 && (features[node] as number) < columns,
  )
}
