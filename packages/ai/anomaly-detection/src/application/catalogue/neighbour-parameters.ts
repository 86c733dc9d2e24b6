import { z } from 'zod'

import type { Metric } from '../../domain/neighbours/metric.ts'

/** How far apart two rows are. */
export const metric: z.ZodType<Metric> = z.enum(['euclidean', 'manhattan', 'chebyshev'])

/** How many neighbours are looked at. */
export function neighbours(byDefault: number): z.ZodDefault<z.ZodInt> {
  return z
    .int()
    .min(1)
    .default(byDefault)
    .describe('neighbours looked at: fewer than the training rows; left out, it adapts to few rows')
}
