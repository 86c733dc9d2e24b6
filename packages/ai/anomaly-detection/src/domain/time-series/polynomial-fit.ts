/**
 * What a polynomial through its neighbourhood makes of each window, the window left out.
 * Source: Z. Li, H. Ma, Y. Mei (2007), A unifying method for outlier and change detection from data streams based on local
 * polynomial fitting, PAKDD; neighbourhood and window as POLY of Q. Liu, J. Paparrizos (2024), The Elephant in the Room,
 * NeurIPS Datasets and Benchmarks.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { choleskyOf } from '../linear-algebra/cholesky.ts'

/** The geometry of the fits. */
export interface PolynomialFitOptions {
  readonly window: number
  /** Degree of the polynomial, 0 to 10. */
  readonly degree: number
  /** Points of the neighbourhood, the window among them. */
  readonly neighbourhood: number
  /** Points from a window to the next. */
  readonly stride: number
  readonly signal?: AbortSignal | undefined
}

/** What the fits say. */
export interface PolynomialFit {
  /** What the windows that hold a point expect of it, on average; shape (n). */
  readonly expected: Float64Array
  /** By window: root of the mean squared distance from its polynomial. */
  readonly errors: Float64Array
  /** By window: its first point. */
  readonly firsts: Int32Array
}

/** O(n (degree + 1) neighbourhood / stride). @param values - shape (n), finite, n > window */
export function polynomialFit(values: Float64Array, options: PolynomialFitOptions): PolynomialFit {
  const { window, degree, stride, signal } = options
  const n = values.length
  const neighbourhood = Math.min(n, options.neighbourhood)
  const firsts = firstsOf(n, window, stride)
  const expected = new Float64Array(n)
  const counts = new Float64Array(n)
  const errors = new Float64Array(firsts.length)
  const basis = basisOf(neighbourhood, degree)
  const factors = new Map<number, Factor>()
  const coefficients = new Float64Array(degree + 1)
  for (const [at, first] of firsts.entries()) {
    if (at % 256 === 0) throwIfCancelled(signal)
    const start = Math.max(0, Math.min(first - ((neighbourhood - window) >> 1), n - neighbourhood))
    const gap = first - start
    // with neighbours on one side alone a curve would run away: a line is drawn on
    const isInside = gap >= window && neighbourhood - gap >= 2 * window
    const factor =
      factors.get(gap) ?? factorOf(basis, isInside ? degree : Math.min(degree, 1), neighbourhood, gap, window)
    factors.set(gap, factor)
    const centre = values[Math.max(0, first - 1)] as number // large levels would eat up the digits
    fit(values, start, centre, basis, neighbourhood, gap, window, factor, coefficients)
    let squares = 0
    for (let k = gap; k < gap + window; k++) {
      let value = centre
      for (let d = 0; d < factor.size; d++)
        value += (coefficients[d] as number) * (basis[d * neighbourhood + k] as number)
      const t = start + k
      squares += ((values[t] as number) - value) ** 2
      expected[t] = (expected[t] as number) + value
      counts[t] = (counts[t] as number) + 1
    }
    errors[at] = Math.sqrt(squares / window)
  }
  return { expected: expected.map((sum, t) => sum / Math.max(1, counts[t] as number)), errors, firsts }
}

/** Windows every `stride` points, the last one at the end of the series. */
function firstsOf(n: number, window: number, stride: number): Int32Array {
  const last = n - window
  const count = Math.floor(last / stride) + 1
  const firsts = Array.from({ length: count }, (_, at) => at * stride)
  if ((count - 1) * stride < last) firsts.push(last)
  return Int32Array.from(firsts)
}

// Legendre polynomials over the neighbourhood: powers would be nearly parallel.
function basisOf(points: number, degree: number): Float64Array {
  const basis = new Float64Array((degree + 1) * points)
  for (let k = 0; k < points; k++) {
    const x = points > 1 ? (2 * k) / (points - 1) - 1 : 0
    let [before, value] = [0, 1]
    for (let d = 0; d <= degree; d++) {
      basis[d * points + k] = value
      ;[before, value] = [value, ((2 * d + 1) * x * value - d * before) / (d + 1)]
    }
  }
  return basis
}

interface Factor {
  /** Terms of the polynomial; fewer where the points left cannot carry all. */
  readonly size: number
  readonly lower: Float64Array
}

function factorOf(basis: Float64Array, degree: number, points: number, gap: number, window: number): Factor {
  for (let size = Math.min(degree + 1, Math.max(1, points - window)); size >= 1; size--) {
    const normal = new Float64Array(size * size)
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0
        for (let k = 0; k < points; k++) {
          if (k === gap) k += window
          if (k >= points) break
          sum += (basis[a * points + k] as number) * (basis[b * points + k] as number)
        }
        normal[a * size + b] = sum
      }
    }
    const lower = choleskyOf(normal, size)
    if (lower !== undefined && (lower[size * size - 1] as number) > 1e-6 * (lower[0] as number)) return { size, lower }
  }
  return { size: 0, lower: new Float64Array(0) } // no neighbour at all: the centre stands for them
}

function fit(
  values: Float64Array,
  start: number,
  centre: number,
  basis: Float64Array,
  points: number,
  gap: number,
  window: number,
  { size, lower }: Factor,
  out: Float64Array,
): void {
  for (let d = 0; d < size; d++) {
    let sum = 0
    const base = d * points
    for (let k = 0; k < gap; k++) sum += (basis[base + k] as number) * ((values[start + k] as number) - centre)
    for (let k = gap + window; k < points; k++)
      sum += (basis[base + k] as number) * ((values[start + k] as number) - centre)
    for (let c = 0; c < d; c++) sum -= (lower[d * size + c] as number) * (out[c] as number)
    out[d] = sum / (lower[d * size + d] as number)
  }
  for (let d = size - 1; d >= 0; d--) {
    let sum = out[d] as number
    for (let c = d + 1; c < size; c++) sum -= (lower[c * size + d] as number) * (out[c] as number)
    out[d] = sum / (lower[d * size + d] as number)
  }
}
