/** Nodes and weights on (0, 1) with which a sum is the integral of a polynomial. */
export interface Quadrature {
  /** Ascending, inside (0, 1); shape (n). */
  readonly nodes: Float64Array
  /** Positive, of sum 1; shape (n). */
  readonly weights: Float64Array
}

const NEWTON_STEPS = 100 // it takes four or five

/**
 * Gauss' quadrature with Legendre's polynomials: exact for polynomials of degree up to 2n - 1.
 * Source: M. Abramowitz, I. Stegun (1964), Handbook of Mathematical Functions, 25.4.29 and 22.7.10.
 * @param n - nodes, >= 1
 */
export function gaussLegendre(n: number): Quadrature {
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (n - i - 0.25)) / (n + 0.5)) // near the root, from the left
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const { value, slope } = legendre(n, x)
      const next = x - value / slope
      if (Math.abs(next - x) <= Number.EPSILON) break
      x = next
    }
    const { slope } = legendre(n, x)
    nodes[i] = (1 + x) / 2
    weights[i] = 1 / ((1 - x * x) * slope * slope)
  }
  return { nodes, weights }
}

function legendre(n: number, x: number): { readonly value: number; readonly slope: number } {
  let before = 1
  let value = x
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
  return { value, slope: (n * (x * value - before)) / (x * x - 1) }
}
