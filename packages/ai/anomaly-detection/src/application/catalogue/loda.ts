import { z } from 'zod'

import { loda, type LodaParameters, type LodaState } from '../../domain/detectors/loda.ts'
import { count, float64s, int32s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'

const parameters = z.strictObject({
  nBins: z.int().min(2).max(100_000).default(10).describe('bins a histogram'),
  nRandomCuts: z.int().min(1).max(100_000).default(100).describe('random projections'),
}) satisfies z.ZodType<LodaParameters>

const state = z
  .strictObject({
    columns: count,
    exponent: z.int().min(-1022).max(1022),
    nBins: count,
    width: count,
    features: int32s,
    weights: float64s,
    starts: float64s,
    scales: float64s,
    binScores: float64s,
  })
  .refine(
    isHistograms,
    'the histograms do not fit the number of columns, projections and bins',
  ) satisfies z.ZodType<LodaState>

/** LODA in the catalogue. */
export const lodaEntry: CatalogueEntry = catalogueEntry({
  detector: loda,
  parameters,
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'LODA',
  summary:
    'Histograms of sparse random projections; rows in thinly filled bins score high. Very fast; its seed matters.',
  cost: { fit: 'nRandomCuts * sqrt(d) * n', score: 'nRandomCuts * sqrt(d) * m' },
  random: true,
  source: 'Pevny (2016), Loda: Lightweight On-line Detector of Anomalies',
})

function isHistograms({ columns, nBins, width, features, weights, starts, scales, binScores }: LodaState): boolean {
  const cuts = starts.length
  return (
    cuts > 0 &&
    scales.length === cuts &&
    binScores.length === cuts * (nBins + 1) &&
    [features, weights].every((list) => list.length === cuts * width) &&
    features.every((feature) => feature >= 0 && feature < columns)
  )
}
