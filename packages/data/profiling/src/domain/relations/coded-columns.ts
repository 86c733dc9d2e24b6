import type { Cell, TableSample } from '../cell.ts'

/** A column of a sample with its values numbered from 0 in order of appearance; a missing value is a value of its own. */
export interface CodedColumn {
  readonly name: string
  readonly codes: Uint32Array
  /** Different codes. */
  readonly distinct: number
  readonly nulls: number
}

/** The columns whose values can be compared. */
export function codedColumns(sample: TableSample): ReadonlyArray<CodedColumn> {
  return sample.columns.filter(({ kind }) => kind !== 'other').map(({ name, values }) => coded(name, values))
}

/** The combinations of two columns' codes, numbered again. */
export function combined(a: CodedColumn, b: CodedColumn): CodedColumn {
  const known = new Map<number, number>()
  const codes = a.codes.map((code, row) => {
    const pair = code * b.distinct + (b.codes[row] ?? 0)
    const number = known.get(pair) ?? known.size
    known.set(pair, number)
    return number
  })
  return { name: `${a.name}, ${b.name}`, codes, distinct: known.size, nulls: Math.max(a.nulls, b.nulls) }
}

function coded(name: string, values: ReadonlyArray<Cell>): CodedColumn {
  const known = new Map<Cell, number>()
  let nulls = 0
  const codes = Uint32Array.from(values, (value) => {
    if (value === null) nulls++
    const code = known.get(value) ?? known.size
    known.set(value, code)
    return code
  })
  return { name, codes, distinct: known.size, nulls }
}
