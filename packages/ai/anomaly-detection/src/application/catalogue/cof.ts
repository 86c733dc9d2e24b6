import { z } from 'zod'

import { cof, type CofParameters, type CofState } from '../../domain/detectors/cof.ts'
import { count, float64s } from './array-schemas.ts'
import { type CatalogueEntry, catalogueEntry } from './catalogue-entry.ts'
import { neighbours } from './neighbour-parameters.ts'
import { lessThanRows } from './row-limits.ts'

const parameters = z.strictObject({ nNeighbors: neighbours(20) }) satisfies z.ZodType<CofParameters>

const state = z
  .strictObject({ rows: count, columns: count, data: float64s, nNeighbors: count, chains: float64s })
  .refine(
    ({ rows, columns, data, nNeighbors, chains }) =>
      data.length === rows * columns &&
      nNeighbors <= rows &&
      chains.length === rows &&
      chains.every((length) => length >= 0),
    'the training rows do not fit the number of rows, columns and neighbours',
  ) satisfies z.ZodType<CofState>

/** Connectivity-based outlier factor in the catalogue. */
export const cofEntry: CatalogueEntry = catalogueEntry({
  detector: cof,
  parameters,
  limits: lessThanRows('nNeighbors'),
  state,
  columnsOf: (fitted) => fitted.columns,
  name: 'Connectivity-based outlier factor',
  summary: 'As LOF by the length of chains instead of density. For rows beside lines and other thin patterns.',
  cost: { fit: 'd * n * (n + k^2)', score: 'd * m * (n + k^2)' },
  random: false,
  source: 'Tang, Chen, Fu, Cheung (2002), Enhancing Effectiveness of Outlier Detections for Low Density Patterns',
})
