/**
 * The two-sample Cramér-von Mises test: the squared distance of the two distributions, everywhere rather than at its greatest.
 * Source: T. Anderson (1962), On the distribution of the two-sample Cramér-von Mises criterion; the limit's series: S. Csörgő, J.
 * Faraway (1996), The exact and asymptotic distributions of Cramér-von Mises statistics, (1.3).
 */
import { logGamma } from '../../numeric/log-gamma.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'
import { walkTogether } from './walk-together.ts'

const CERTAIN = 12 // from where the tail, about e^(-5 x), is below 1e-20

/**
 * The tail is that of the limit, shifted and scaled to the mean and variance at these sizes: good from about 10 values a side.
 * @param a - ascending, n >= 1 values
 * @param b - ascending, m >= 1 values
 */
export function cramerVonMises(a: Float64Array, b: Float64Array): TwoSampleOutcome {
  const [n, m] = [a.length, b.length]
  const all = n + m
  const product = n * m
  const statistic = rankSum(a, b) / (product * all) - (4 * product - 1) / (6 * all)
  const expected = (1 + 1 / all) / 6
  const variance =
    ((all + 1) * (4 * product * all - 3 * (n * n + m * m) - 2 * product)) / (45 * all * all * 4 * product)
  const standardised = 1 / 6 + (statistic - expected) / Math.sqrt(45 * variance)
  return { statistic, pValue: tailOf(standardised) }
}

function tailOf(x: number): number {
  if (x < 0.003) return 1
  return x > CERTAIN ? 0 : Math.min(1, Math.max(0, 1 - limitCdf(x)))
}

// n sum (rank of the i-th of a - i)^2 + m sum (rank of the j-th of b - j)^2, ties at their mean rank.
function rankSum(a: Float64Array, b: Float64Array): number {
  let sumA = 0
  let sumB = 0
  let i = 0
  let j = 0
  walkTogether(a, b, (_, inA, inB) => {
    const rank = i + j + (inA + inB + 1) / 2
    for (let k = 0; k < inA; k++) sumA += (rank - ++i) ** 2
    for (let k = 0; k < inB; k++) sumB += (rank - ++j) ** 2
  })
  return a.length * sumA + b.length * sumB
}

function limitCdf(x: number): number {
  let sum = 0
  for (let k = 0; k < 200; k++) {
    const q = (4 * k + 1) ** 2 / (16 * x)
    const weight = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x))
    const term = weight * Math.sqrt(4 * k + 1) * Math.exp(-2 * q) * scaledBesselK(q)
    sum += term
    if (term < 1e-7) break // where SciPy stops, too: what is left is below 1e-10
  }
  return sum
}

// e^q K_1/4(q) by its integral over cosh, whose trapezium sums converge faster than any power of the step.
function scaledBesselK(q: number): number {
  const step = 1 / 16
  let sum = 0.5
  for (let at = step; ; at += step) {
    const term = Math.exp(-q * (Math.cosh(at) - 1)) * Math.cosh(at / 4)
    sum += term
    if (term < 1e-18 * sum) return step * sum
  }
}
