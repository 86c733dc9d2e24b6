import { z } from 'zod'

import {
  featureBagging,
  type FeatureBaggingParameters,
  type FeatureBaggingState,
} from '../../domain/detectors/feature-bagging.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { metric, neighbours } from './neighbour-parameters.ts'
import { lessThanRows } from './row-limits.ts'

const combination = z.enum(['average', 'max'])

const parameters = z.strictObject({
  nEstimators: z.int().min(1).max(10_000).default(10).describe('subsets of the features'),
  maxFeatures: z.number().min(0.5).max(1).default(1).describe('largest share of the features in a subset; least: half'),
  bootstrapFeatures: z.boolean().default(false).describe('draw features with replacement'),
  combination: combination.default('average').describe('how the scores of the subsets become one'),
  nNeighbors: neighbours(20),
  metric: metric.default('euclidean').describe('how far apart two rows are'),
}) satisfies z.ZodType<FeatureBaggingParameters>

const state = z
  .strictObject({
    rows: count,
    columns: count,
    data: float64s,
    combination,
    metric,
    nNeighbors: count,
    starts: int32s,
    features: int32s,
    kDistances: float64s,
    densities: float64s,
  })
  .refine(
    fitsTogether,
    'the subsets do not fit the number of rows and columns',
  ) satisfies z.ZodType<FeatureBaggingState>

/** Feature bagging in the catalogue. */
export const featureBaggingEntry: CatalogueEntry = catalogueEntry({
  detector: featureBagging,
  parameters,
  limits: lessThanRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Feature bagging',
  summary:
    'Local outlier factors in random subsets of the features. For rows that are outlying in few of many features.',
  cost: { fit: 'nEstimators * d * n * log(n) to nEstimators * d * n^2', score: 'nEstimators * d * m * n at most' },
  random: true,
  source: 'Lazarevic, Kumar (2005), Feature Bagging for Outlier Detection',
})

function fitsTogether(learned: FeatureBaggingState): boolean {
  const { rows, columns, data, nNeighbors, starts, features, kDistances, densities } = learned
  const subsets = starts.length - 1
  return (
    data.length === rows * columns &&
    nNeighbors <= rows &&
    subsets > 0 &&
    starts[0] === 0 &&
    starts[subsets] === features.length &&
    starts.every((start, subset) => subset === 0 || start > (starts[subset - 1] as number)) &&
    features.every((feature) => feature >= 0 && feature < columns) &&
    [kDistances, densities].every((list) => list.length === subsets * rows)
  )
}
