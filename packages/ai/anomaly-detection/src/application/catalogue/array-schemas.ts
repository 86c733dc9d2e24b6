import { z } from 'zod'

/** A Float64Array in a stored state. */
export const float64s: z.ZodType<Float64Array> = z.instanceof(Float64Array)

/** An Int32Array in a stored state. */
export const int32s: z.ZodType<Int32Array> = z.instanceof(Int32Array)

/** An Int8Array in a stored state. */
export const int8s: z.ZodType<Int8Array> = z.instanceof(Int8Array)

/** A count in a stored state. */
export const count: z.ZodType<number> = z.int().positive()
