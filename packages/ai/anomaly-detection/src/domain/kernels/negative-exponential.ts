/**
 * e^-x by a table of 2^(-j/64) and a short polynomial for the rest. Small enough to be compiled into a kernel's inner
 * loop, where a call of Math.exp costs more than the distance; and, unlike it, the same to the bit in every engine.
 * Source: P. Tang (1989), Table-driven implementation of the exponential function in IEEE floating-point arithmetic.
 */
const STEPS = 64
const STEPS_PER_UNIT = STEPS / Math.LN2
const STEP_HIGH = 6.9314718036912381649e-1 / STEPS // the first 33 bits of ln 2, so that a whole multiple is exact
const STEP_LOW = 1.90821492927058770002e-10 / STEPS
const UNDERFLOW = 745.2 // e^-x is below half of the least double

const fractions = fractionTable()
const powers = Float64Array.from({ length: 1080 }, (_, exponent) => 2 ** -exponent)

/** @param x - >= 0, Infinity included. @returns e^-x, in [0, 1], to a relative error of 1e-15 */
export function negativeExponential(x: number): number {
  if (x > UNDERFLOW) return 0
  const steps = (x * STEPS_PER_UNIT + 0.5) | 0
  const rest = x - steps * STEP_HIGH - steps * STEP_LOW // at most ln 2 / 128 either way
  const series = 1 + rest * (-1 + rest * (0.5 + rest * (-1 / 6 + rest * (1 / 24 - rest / 120))))
  return series * (fractions[steps & (STEPS - 1)] as number) * (powers[steps >> 6] as number)
}

// 2^(-j/64) as products of repeated square roots: IEEE rounds those alike everywhere, and powers it does not.
function fractionTable(): Float64Array {
  const table = new Float64Array(STEPS).fill(1)
  let root = 0.5
  for (let bit = STEPS >> 1; bit > 0; bit >>= 1) {
    root = Math.sqrt(root)
    for (let j = 0; j < STEPS; j++) if (j & bit) table[j] = (table[j] as number) * root
  }
  return table
}
