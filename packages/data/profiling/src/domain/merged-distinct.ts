import type { Estimate } from './column-profile.ts'
import type { ColumnSketch } from './sketches/column-sketch.ts'
import { DISTINCT_RELATIVE_ERROR, estimateDistinct, parseRegisters } from './sketches/registers.ts'

/** How many different values a sketch holds: exact where it lists them all. */
export function mergedDistinct(sketch: ColumnSketch, count: number): Estimate {
  if (sketch.values?.complete === true) return { value: sketch.values.items.length, exact: true }
  const registers = parseRegisters(sketch.registers ?? '')
  if (registers === undefined) return { value: 0, exact: count === 0 }
  return {
    value: Math.min(count, Math.round(estimateDistinct(registers))),
    exact: false,
    relativeError: DISTINCT_RELATIVE_ERROR,
  }
}
