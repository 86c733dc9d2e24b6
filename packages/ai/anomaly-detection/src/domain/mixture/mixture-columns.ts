import type { Matrix } from '../matrix.ts'

const LARGEST = 2 ** 200 // squares of columns up to here, divided by the least variance, are finite

/** What each column is multiplied by before a mixture is fitted, and what is then added to its variances. Shapes (d). */
export interface MixtureColumns {
  /** Powers of two: 1 for ordinary magnitudes, so that the unit of a density is the features' own. */
  readonly factors: Float64Array
  readonly ridges: Float64Array
}

/** @param regCovar - what is added to every variance, in the features' unit squared, > 0 */
export function mixtureColumnsOf({ data, columns }: Matrix, regCovar: number): MixtureColumns {
  const magnitudes = new Float64Array(columns)
  for (let at = 0, column = 0; at < data.length; at++) {
    magnitudes[column] = Math.max(magnitudes[column] ?? 0, Math.abs(data[at] ?? 0))
    if (++column === columns) column = 0
  }
  const factors = magnitudes.map((largest) => (largest <= LARGEST ? 1 : 2 ** (199 - Math.floor(Math.log2(largest)))))
  // A column that had to be shrunk would have no variance added that counts.
  const ridges = factors.map((factor) => (factor === 1 ? regCovar : 2 ** 400 * 1e-12))
  return { factors, ridges }
}
