/**
 * The tail of the Kolmogorov-Smirnov distance of a sample of n from a known distribution, which is also the limit of that of two
 * samples whose sizes have the harmonic mean 2 n.
 * Sources: G. Marsaglia, W. W. Tsang, J. Wang (2003), Evaluating Kolmogorov's distribution, Journal of Statistical Software 8(18),
 * exact; N. Smirnov (1948) for the limit; J. Vrbik (2018), Small-sample corrections to Kolmogorov-Smirnov test statistic.
 */

const MOST_EXACT = 200 // some 30 ms at worst; the corrected limit is right to 1e-4 from there on
const CERTAIN = 18 // n d^2, from where the tail is below 1e-15
const HUGE = 1e140

/** P(D_n >= d), in [0, 1]. @param n - a whole number >= 1 */
export function oneSampleTail(d: number, n: number): number {
  if (n > MOST_EXACT || n * d * d > CERTAIN) return limitTail(d, n)
  return Math.min(1, Math.max(0, 1 - exactCdf(d, n)))
}

function limitTail(d: number, n: number): number {
  const root = Math.sqrt(n)
  const plain = d * root
  const x = plain + 1 / (6 * root) + (plain - 1) / (4 * n)
  if (x < 0.2) return 1 // 1 - 1e-13
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-17) break
  }
  return Math.min(1, 2 * sum)
}

// n! / n^n times the middle element of H^n, H as in (2) of the paper.
function exactCdf(d: number, n: number): number {
  const k = Math.floor(n * d) + 1
  const m = 2 * k - 1
  const { matrix, exponent } = powerOf(transitions(k - n * d, m), m, n)
  let value = matrix[(k - 1) * m + k - 1] as number
  let scale = exponent
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n
    if (value < 1 / HUGE) {
      value *= HUGE
      scale -= 1
    }
  }
  return value * HUGE ** scale
}

function transitions(h: number, m: number): Float64Array {
  const matrix = new Float64Array(m * m)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= Math.min(i + 1, m - 1); j++) {
      let value = 1
      if (j === 0) value -= h ** (i + 1)
      if (i === m - 1) value -= h ** (m - j)
      if (j === 0 && i === m - 1 && 2 * h > 1) value += (2 * h - 1) ** m
      for (let g = 2; g <= i - j + 1; g++) value /= g
      matrix[i * m + j] = value
    }
  }
  return matrix
}

interface Scaled {
  readonly matrix: Float64Array
  /** The matrix stands for itself times HUGE to this. */
  readonly exponent: number
}

function powerOf(matrix: Float64Array, m: number, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 }
  const half = powerOf(matrix, m, n >> 1)
  const square = product(half.matrix, half.matrix, m)
  const power = n % 2 === 0 ? square : product(matrix, square, m)
  const exponent = 2 * half.exponent
  const middle = power[(m >> 1) * m + (m >> 1)] as number
  return middle > HUGE
    ? { matrix: power.map((value) => value / HUGE), exponent: exponent + 1 }
    : { matrix: power, exponent }
}

function product(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const result = new Float64Array(m * m)
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k] as number
      if (factor === 0) continue
      for (let j = 0; j < m; j++) {
        result[i * m + j] = (result[i * m + j] as number) + factor * (b[k * m + j] as number)
      }
    }
  }
  return result
}
