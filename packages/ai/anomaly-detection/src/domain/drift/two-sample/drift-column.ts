/** A column of a table whose drift is looked for. Missing values are NaN among numbers, null among texts. */
export type DriftColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: ReadonlyArray<string | null> }

/** Rows, column by column; every column has as many values. */
export interface DriftTable {
  readonly rows: number
  readonly columns: ReadonlyArray<DriftColumn>
}
