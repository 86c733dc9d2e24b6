/**
 * A fit to sampled rows with the standard error of each coefficient, by leaving out one group of rows after another.
 * Source: B. Efron, C. Stein (1981), The Jackknife Estimate of Variance; in its delete-a-group form.
 */
import { addEquation, addEquations, emptyEquations, type NormalEquations, solveEquations } from './normal-equations.ts'

const GROUPS = 10

/** Takes rows and answers what they determine. */
export interface GroupedFit {
  /** Adds a row that is in every sample. */
  readonly addFixed: (x: Float64Array, y: number, weight: number) => void
  /** Adds a sampled row. @param draw - rows of the same draw belong together: 0, 1, 2, ... */
  readonly addSampled: (x: Float64Array, y: number, weight: number, draw: number) => void
  /** @returns undefined where the rows do not determine the coefficients */
  readonly solve: (
    penalties?: Float64Array,
  ) => { readonly solution: Float64Array; readonly all: NormalEquations } | undefined
  /** Standard errors of what `of` makes of the coefficients; zeros where nothing was sampled. */
  readonly standardErrors: (of: (solution: Float64Array) => Float64Array, penalties?: Float64Array) => Float64Array
}

/** A fit of `size` coefficients. */
export function groupedFit(size: number): GroupedFit {
  const fixed = emptyEquations(size)
  const groups: Array<NormalEquations | undefined> = []
  const sumWithout = (left: number | undefined): NormalEquations => {
    const sum = emptyEquations(size)
    const share = left === undefined ? 1 : groups.length / (groups.length - 1) // the others stand for the one left out
    addEquations(sum, fixed, 1)
    for (const [i, group] of groups.entries()) if (i !== left && group !== undefined) addEquations(sum, group, share)
    return sum
  }
  return {
    addFixed: (x, y, weight) => addEquation(fixed, x, y, weight),
    addSampled: (x, y, weight, draw) => addEquation((groups[draw % GROUPS] ??= emptyEquations(size)), x, y, weight),
    solve: (penalties) => {
      const all = sumWithout(undefined)
      const solution = solveEquations(all, penalties)
      return solution && { solution, all }
    },
    standardErrors: (of, penalties) => {
      const estimates = groups.map((_, left) => solveEquations(sumWithout(left), penalties))
      const found = groups.length < 2 ? [] : estimates.flatMap((one) => (one === undefined ? [] : [of(one)]))
      return spreadOf(found, size)
    },
  }
}

// sqrt((G - 1) / G * sum of squares about the mean)
function spreadOf(estimates: ReadonlyArray<Float64Array>, size: number): Float64Array {
  const count = estimates.length
  return Float64Array.from({ length: estimates[0]?.length ?? size }, (_, i) => {
    const mean = estimates.reduce((sum, one) => sum + (one[i] as number), 0) / count
    const squares = estimates.reduce((sum, one) => sum + ((one[i] as number) - mean) ** 2, 0)
    return count < 2 ? 0 : Math.sqrt(((count - 1) / count) * squares)
  })
}
