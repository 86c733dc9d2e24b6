import { z } from 'zod'

import { eif, type EifParameters, type EifState } from '../../domain/detectors/eif.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  nEstimators: z.int().min(1).max(100_000).default(100).describe('trees'),
  maxSamples: z
    .union([z.int().min(1), z.number().gt(0).lt(1)])
    .default(256)
    .describe('rows each tree is grown on: a number of rows, or a share of them below 1; never more than there are'),
  extensionLevel: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('features a split spans beyond the first; 0: an isolation forest, null: all features up to 64'),
}) satisfies z.ZodType<EifParameters>

const state = z
  .strictObject({
    columns: count,
    sampleSize: count,
    slots: count,
    roots: int32s,
    left: int32s,
    samples: int32s,
    splits: int32s,
    offsets: float64s,
    features: int32s,
    weights: float64s,
  })
  .refine(isForest, 'the nodes of the forest do not fit together') satisfies z.ZodType<EifState>

/** Extended isolation forest in the catalogue. */
export const eifEntry: CatalogueEntry = catalogueEntry({
  detector: eif,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Extended isolation forest',
  summary:
    'An isolation forest with slanted splits: no phantom clusters. For features of one scale that move together.',
  cost: {
    fit: 'nEstimators * maxSamples * log(maxSamples) * d',
    score: 'm * nEstimators * log(maxSamples) * (extensionLevel + 1)',
  },
  random: true,
  source: 'Hariri, Carrasco Kind, Brunner (2021), Extended Isolation Forest',
})

// An edited file must not send a walk out of bounds or round in circles.
function isForest({ columns, slots, roots, left, samples, splits, offsets, features, weights }: EifState): boolean {
  const nodes = left.length
  if (roots.length === 0 || samples.length !== nodes || splits.length !== nodes) return false
  if (features.length !== offsets.length * slots || weights.length !== features.length) return false
  if (roots.some((root) => root < 0 || root >= nodes)) return false
  if (features.some((feature) => feature < 0 || feature >= columns)) return false
  return left.every((child, node) => {
    const split = splits[node] as number
    return child === -1 ? split === -1 : child > node && child + 1 < nodes && split >= 0 && split < offsets.length
  })
}
