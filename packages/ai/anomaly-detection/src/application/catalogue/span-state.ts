import { z } from 'zod'

import type { ColumnSpans } from '../../domain/univariate/column-spans.ts'
import { count, float64s } from './array-schemas.ts'

/** The stored state of the detectors that score each column by how far it lies outside a span. */
export const spanState: z.ZodType<ColumnSpans> = z
  .strictObject({ columns: count, factors: float64s, lows: float64s, highs: float64s, scales: float64s })
  .refine(
    ({ columns, factors, lows, highs, scales }) =>
      [factors, lows, highs, scales].every((list) => list.length === columns && list.every(Number.isFinite)),
    'the spans do not fit the number of columns',
  )
