import { chiSquare, type ContingencyTable } from './contingency-table.ts'
import { bivariateNormalCdf } from './normal-distribution.ts'

/** Bins a numeric column is cut into. */
export const PHI_K_BINS = 10
const REACH = 5
const STEPS = 4096

/**
 * phi_k: the correlation of a bivariate normal distribution that would give the table's chi-square, noise taken off. In
 * [0, 1]; for mixed columns, also where the relation is not linear. null below two categories.
 * Source: M. Baak et al. (2020), A new correlation coefficient between categorical, ordinal and interval variables with
 * Pearson characteristics; as the Python package phik computes it.
 * @param curves - made once by `normalCurves`, for all pairs
 */
export function phiK(table: ContingencyTable, curves: NormalCurves): number | null {
  const { rows, columns, total } = table
  if (rows < 2 || columns < 2) return null
  const noise = (rows - 1) * (columns - 1)
  const most = total * (Math.min(rows, columns) - 1)
  const found = chiSquare(table, true)
  if (found <= noise) return 0
  if (found >= most * (1 - 1e-14)) return 1
  const curve = curves(rows, columns)
  // The curve is scaled so that a correlation of 1 gives the greatest chi-square that the table allows.
  const wanted = ((found - noise) / (most - noise)) * curve(STEPS)
  let [low, high] = [0, STEPS]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (curve(middle) < wanted) low = middle
    else high = middle
  }
  const [from, to] = [curve(low), curve(high)]
  return (low + (to > from ? (wanted - from) / (to - from) : 0)) / STEPS
}

/** Chi-square per row of normal distributions cut into bins, by correlation in steps of 1/4096; remembers what it worked out. */
export type NormalCurves = (rows: number, columns: number) => (step: number) => number

/** Curves for any size of table. */
export function normalCurves(): NormalCurves {
  const curves = new Map<string, (step: number) => number>()
  return (rows, columns) => {
    const [few, many] = [Math.min(rows, columns), Math.max(rows, columns)]
    const key = `${few} ${many}`
    const known = curves.get(key) ?? normalCurve(few, many)
    curves.set(key, known)
    return known
  }
}

function normalCurve(rows: number, columns: number): (step: number) => number {
  const independent = binMasses(rows, columns, 0)
  const known = new Map<number, number>()
  return (step) => {
    const value = known.get(step) ?? distance(binMasses(rows, columns, step / STEPS), independent)
    known.set(step, value)
    return value
  }
}

function distance(masses: Float64Array, independent: Float64Array): number {
  let sum = 0
  for (const [i, mass] of masses.entries()) {
    const expected = independent[i] ?? 0
    if (expected > 0) sum += (mass - expected) ** 2 / expected
  }
  return sum
}

function binMasses(rows: number, columns: number, rho: number): Float64Array {
  const edge = (i: number, bins: number): number => -REACH + (2 * REACH * i) / bins
  const corners = new Float64Array((rows + 1) * (columns + 1))
  for (let i = 0; i <= rows; i++) {
    for (let j = 0; j <= columns; j++) {
      corners[i * (columns + 1) + j] = bivariateNormalCdf(edge(i, rows), edge(j, columns), rho)
    }
  }
  const masses = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * (columns + 1) + j
      const below = (corners[at + columns + 1] ?? 0) - (corners[at] ?? 0)
      masses[i * columns + j] = (corners[at + columns + 2] ?? 0) - (corners[at + 1] ?? 0) - below
    }
  }
  return masses
}
