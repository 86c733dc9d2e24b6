/**
 * e^-t by a table of e^-(i/64) and the power series of what is left, at most 1/128 in size: correct to 4e-16 relative, and
 * several times as fast as Math.exp, which must serve any argument.
 */

/** From here on `exponentialDecay` answers 0: e^-60 is below 1e-26. */
export const DECAYED = 60

const STEPS = 64
const table = Float64Array.from({ length: DECAYED * STEPS + 1 }, (_, i) => Math.exp(-i / STEPS))

/** @param t - at least 0 @returns e^-t; 0 where t is `DECAYED` or more, or NaN */
export function exponentialDecay(t: number): number {
  if (!(t < DECAYED)) return 0
  const step = (t * STEPS + 0.5) | 0
  const f = t - step / STEPS
  const series = 1 - f * (1 - f * (1 / 2 - f * (1 / 6 - f * (1 / 24 - f * (1 / 120)))))
  return (table[step] ?? 0) * series
}
