/**
 * The Mann-Whitney U test: is a value of one sample as often above as below one of the other?
 * Source: H. Mann, D. Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other,
 * with the variance corrected for ties and the continuity correction.
 */
import { upperGamma } from '../../numeric/incomplete-gamma.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'
import { walkTogether } from './walk-together.ts'

/**
 * @param a - ascending, n >= 1 values
 * @param b - ascending, m >= 1 values
 * @returns the statistic U of a: in how many of the n m pairs the value of a is above, ties half; n m / 2 is no drift. The tail is
 *   that of the normal limit, two-sided: good from about 8 values a side.
 */
export function mannWhitney(a: Float64Array, b: Float64Array): TwoSampleOutcome {
  const [n, m] = [a.length, b.length]
  const { u, ties } = pairsAbove(a, b)
  const all = n + m
  const sd = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))))
  if (!(sd > 0)) return { statistic: u, pValue: 1 } // all values are equal
  const z = (Math.abs(u - (n * m) / 2) - 0.5) / sd
  return { statistic: u, pValue: z <= 0 ? 1 : upperGamma(0.5, (z * z) / 2) }
}

/** U of a, and the sum of t^3 - t over runs of t equal values. */
export function pairsAbove(a: Float64Array, b: Float64Array): { readonly u: number; readonly ties: number } {
  let u = 0
  let ties = 0
  let below = 0
  walkTogether(a, b, (_, inA, inB) => {
    u += inA * (below + inB / 2)
    below += inB
    const tied = inA + inB
    ties += tied ** 3 - tied
  })
  return { u, ties }
}
