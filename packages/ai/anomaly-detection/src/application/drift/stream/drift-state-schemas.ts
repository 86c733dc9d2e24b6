import { z } from 'zod'

const LARGEST = 1e155 // what the values that a detector takes can add up to

/** How many. */
export const count: z.ZodType<number> = z.int().min(0)

/** A number that values of a stream can have made. */
export const level: z.ZodType<number> = z.number().min(-LARGEST).max(LARGEST)

/** A sum of squares. */
export const squares: z.ZodType<number> = z.number().min(0)

/** A probability or a share. */
export const share: z.ZodType<number> = z.number().min(0).max(1)

/** Where the chart's baseline is given, both are; see `ChartBaselineParameters`. */
export const baselineParameters: {
  readonly mean: z.ZodType<number | null, number | null | undefined>
  readonly sd: z.ZodType<number | null, number | null | undefined>
  readonly warmUp: z.ZodType<number, number | undefined>
} = {
  mean: z
    .number()
    .nullable()
    .default(null)
    .describe('in control; null: that of the first values, learned anew after an alarm'),
  sd: z.number().gt(0).nullable().default(null).describe('standard deviation in control; null: learned with the mean'),
  warmUp: z.int().min(2).max(1_000_000).default(500).describe('values to learn from'),
}

/** Refuses half a baseline. */
export function isWholeBaseline({ mean, sd }: { readonly mean: number | null; readonly sd: number | null }): boolean {
  return (mean === null) === (sd === null)
}

/** What is said of half a baseline. */
export const HALF_BASELINE = 'mean and sd are given both, or neither'

/** See `ChartBaselineState`. */
export const baselineState: z.ZodType<{ readonly count: number; readonly mean: number; readonly m2: number }> =
  z.strictObject({ count, mean: level, m2: squares })
