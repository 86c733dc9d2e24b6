/** Mean and sum of squared deviations from it. */
export interface CentralMoments {
  readonly mean: number
  /** >= 0; exactly 0 where all values are one. */
  readonly squares: number
}

/** Of values [from, to), at least one of them; their squares must be finite. */
export function momentsOf(values: Float64Array, from: number, to: number): CentralMoments {
  const first = values[from] as number
  let off = 0
  for (let at = from; at < to; at++) off += (values[at] as number) - first // a constant's mean is then the value itself
  const mean = first + off / (to - from)
  let squares = 0
  for (let at = from; at < to; at++) squares += ((values[at] as number) - mean) ** 2
  return { mean, squares }
}
