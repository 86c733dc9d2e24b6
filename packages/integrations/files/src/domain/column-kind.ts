import { formOf } from './cell.ts'
import type { RowBlock } from './row-source.ts'
import type { ColumnKind } from './table.ts'

/**
 * A column is numeric when at least half of its sampled values that are not missing are numbers; a column without a single
 * value in the sample counts as numeric. Booleans are numbers, nested values are not.
 * @param sampleRows - how many rows decide; further rows of the last block do not, so that a file's columns do not hang on how
 *   it was cut into blocks
 * @param index - the column's index in each row
 */
export function columnKind(
  sample: ReadonlyArray<RowBlock>,
  sampleRows: number,
  index: number,
  missing: ReadonlySet<string>,
): ColumnKind {
  let numbers = 0
  let others = 0
  let left = sampleRows
  for (const { rows } of sample) {
    for (const row of rows.slice(0, left)) {
      const form = formOf(row[index], missing)
      if (form === 'number') numbers++
      else if (form !== 'missing') others++
    }
    left = Math.max(0, left - rows.length)
  }
  return numbers >= others ? 'number' : 'text'
}
