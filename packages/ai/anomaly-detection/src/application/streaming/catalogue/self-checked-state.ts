import { z } from 'zod'

/** A state whose class checks it field by field when it restores it; here only that it is of that class, and of its form. */
export function selfCheckedState(id: string): z.ZodType<{ readonly id: string; readonly format: number }> {
  return z.looseObject({ id: z.literal(id), format: z.literal(1) })
}
