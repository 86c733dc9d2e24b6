import { z } from 'zod'

import type { TailState } from '../../domain/tails/tail-distribution.ts'
import { count, float64s, int8s } from './array-schemas.ts'

/** The stored state of ECOD and COPOD. */
export const tailState: z.ZodType<TailState> = z
  .strictObject({ rows: count, columns: count, sorted: float64s, skew: int8s })
  .refine(
    ({ rows, columns, sorted, skew }) => sorted.length === rows * columns && skew.length === columns,
    'the sorted columns do not fit the number of rows and columns',
  )
