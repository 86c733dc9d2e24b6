/**
 * The two-sample Anderson-Darling test: like Cramér-von Mises, with more weight on the tails.
 * Sources: F. Scholz, M. Stephens (1987), K-sample Anderson-Darling tests, JASA 82, (7) with midranks and (6) for the variance; the
 * limit for two samples is that of one: G. Marsaglia, J. Marsaglia (2004), Evaluating the Anderson-Darling distribution.
 */
import type { TwoSampleOutcome } from './two-sample-outcome.ts'
import { walkTogether } from './walk-together.ts'

const LIMIT_SD = Math.sqrt((2 * (Math.PI * Math.PI - 9)) / 3)

/**
 * @param a - ascending, n >= 2 values
 * @param b - ascending, m >= 2 values; n + m > 4 for a p value below 1
 * @returns the statistic less its mean, in standard deviations; 0 where all values are equal
 */
export function andersonDarling(a: Float64Array, b: Float64Array): TwoSampleOutcome {
  const all = a.length + b.length
  if (all <= 4 || (a[0] === b[0] && a[a.length - 1] === b[b.length - 1] && a[0] === a[a.length - 1]))
    return { statistic: 0, pValue: 1 }
  const statistic = (midrankStatistic(a, b) - 1) / Math.sqrt(varianceOf(a.length, b.length))
  return { statistic, pValue: limitTail(1 + LIMIT_SD * statistic) }
}

function midrankStatistic(a: Float64Array, b: Float64Array): number {
  const [n, m] = [a.length, b.length]
  const all = n + m
  let beforeA = 0
  let beforeB = 0
  let sumA = 0
  let sumB = 0
  walkTogether(a, b, (_, inA, inB) => {
    const tied = inA + inB
    const middle = beforeA + beforeB + tied / 2
    const divisor = middle * (all - middle) - (all * tied) / 4
    sumA += ((tied / all) * (all * (beforeA + inA / 2) - middle * n) ** 2) / divisor
    sumB += ((tied / all) * (all * (beforeB + inB / 2) - middle * m) ** 2) / divisor
    beforeA += inA
    beforeB += inB
  })
  return ((sumA / n + sumB / m) * (all - 1)) / all
}

function varianceOf(n: number, m: number): number {
  const all = n + m
  const reciprocals = 1 / n + 1 / m
  let h = 0
  let g = 0
  for (let i = 1; i <= all - 2; i++) {
    h += 1 / (all - i)
    g += h / (i + 1)
  }
  h += 1
  const a = 4 * g - 6 + (10 - 6 * g) * reciprocals
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * reciprocals + 4 * h
  const d = (2 * h + 6) * 4 - 8 * h
  return (a * all ** 3 + b * all ** 2 + c * all + d) / ((all - 1) * (all - 2) * (all - 3))
}

// Right to 2e-6 and in the far tail to a few per cent of itself.
function limitTail(z: number): number {
  if (z <= 0) return 1
  if (z < 2) {
    const series = 2.00012 + (0.247105 - (0.0649821 - (0.0347962 - (0.011672 - 0.00168691 * z) * z) * z) * z) * z
    return Math.max(0, 1 - (Math.exp(-1.2337141 / z) / Math.sqrt(z)) * series)
  }
  const exponent = 1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * z) * z) * z) * z) * z
  return -Math.expm1(-Math.exp(exponent))
}
