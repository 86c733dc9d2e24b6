import { formOf } from './cell.ts'
import type { RowBlock } from './row-source.ts'
import type { ColumnKind } from './table.ts'

/**
 * A column is numeric when at least half of its sampled values that are not missing are numbers; a column without a single
 * value in the sample counts as numeric. Booleans are numbers, nested values are not.
 * @param index - the column's index in each row
 */
export function columnKind(sample: ReadonlyArray<RowBlock>, index: number, missing: ReadonlySet<string>): ColumnKind {
  let numbers = 0
  let others = 0
  for (const block of sample) {
    for (const row of block.rows) {
      const form = formOf(row[index], missing)
      if (form === 'number') numbers++
      else if (form !== 'missing') others++
    }
  }
  return numbers >= others ? 'number' : 'text'
}
