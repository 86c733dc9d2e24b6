import { incompleteBeta } from './incomplete-beta.ts'

/**
 * The value that Student's t exceeds with a small probability; to some 1e-12 of itself.
 * @param upperTail - that probability, in (0, 0.5]
 * @param degrees - degrees of freedom, > 0
 */
export function studentQuantile(upperTail: number, degrees: number): number {
  if (!(upperTail < 0.5)) return 0
  let low = 0
  let high = 1
  while (tailAbove(high, degrees) > upperTail && high < 1e300) {
    low = high
    high *= 2
  }
  for (let step = 0; step < 100 && high - low > 1e-13 * high; step++) {
    const middle = (low + high) / 2
    if (tailAbove(middle, degrees) > upperTail) low = middle
    else high = middle
  }
  return (low + high) / 2
}

// M. Abramowitz, I. Stegun (1964), 26.7.1 with 26.5.27
function tailAbove(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
}
