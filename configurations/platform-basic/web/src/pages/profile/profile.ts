/** What lists tell of a profile. */
export interface ProfileSummary {
  readonly id: string
  readonly source: string
  readonly createdAt: number
  readonly rows: number
  readonly columns: number
  readonly alerts: number
}

/** What is said of a table. */
export interface Profile {
  readonly source: string
  readonly engine: string
  readonly createdAt: number
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnProfile>
  readonly missingCells: number
  readonly duplicateRows: number | null
  readonly correlations: ReadonlyArray<Correlations>
  readonly keys: ReadonlyArray<{ readonly columns: ReadonlyArray<string> }>
  readonly alerts: ReadonlyArray<{
    readonly kind: string
    readonly column?: string
    readonly message: string
  }>
}

/** How strongly columns go together. */
export interface Correlations {
  readonly method: string
  readonly columns: ReadonlyArray<string>
  /** Row by row. */
  readonly values: ReadonlyArray<number | null>
}

/** A cell's value. */
export type Value = string | number | boolean

/** How often values lie between neighbouring edges. */
export interface Bins {
  readonly edges: ReadonlyArray<number>
  readonly counts: ReadonlyArray<number>
}

/** What is said of a column. */
export interface ColumnProfile {
  readonly name: string
  readonly type: string
  readonly physicalType: string
  readonly count: number
  readonly nulls: number
  readonly distinct: { readonly value: number; readonly exact: boolean }
  readonly top: ReadonlyArray<{ readonly value: Value; readonly count: number }>
  readonly numbers?: {
    readonly min: number | null
    readonly max: number | null
    readonly mean: number | null
    readonly sd: number | null
    readonly skewness: number | null
    readonly zeros: number
    readonly negatives: number
    readonly quantiles: ReadonlyArray<{ readonly p: number; readonly value: number }>
    readonly histogram: Bins
  }
  readonly texts?: { readonly minLength: number; readonly maxLength: number; readonly empty: number }
  readonly dates?: { readonly min: number | null; readonly max: number | null; readonly histogram: Bins }
  readonly semantic: ReadonlyArray<{ readonly kind: string; readonly share: number; readonly personal: boolean }>
}

/** The bins of a column's numbers or times; undefined where it has neither. */
export function binsOf({ numbers, dates }: ColumnProfile): Bins | undefined {
  const bins = numbers?.histogram ?? dates?.histogram
  return bins === undefined || bins.counts.length === 0 ? undefined : bins
}

/** The share of a column's rows that have no value, 0 to 1. */
export function missingShare({ count, nulls }: ColumnProfile): number {
  return nulls / Math.max(1, count + nulls)
}
