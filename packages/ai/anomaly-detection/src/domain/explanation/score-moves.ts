import type { ChangeableNumber } from './changeable-feature.ts'
import type { CounterfactualSearch } from './counterfactual-search.ts'

/** Scores of the row with a number feature at each of `values`; shape (values.length). */
export async function scoresOfMoves(
  { row, score, scoreMoves }: CounterfactualSearch,
  { column }: ChangeableNumber,
  values: Float64Array,
): Promise<Float64Array> {
  if (scoreMoves !== undefined) return scoreMoves(column, values)
  const data = new Float64Array(values.length * row.length)
  for (let i = 0; i < values.length; i++) {
    data.set(row, i * row.length)
    data[i * row.length + column] = values[i] as number
  }
  return score({ data, rows: values.length, columns: row.length })
}
