import type { ColumnType } from '../column-profile.ts'

/** How one table differs from another, from their profiles alone. Plain JSON. */
export interface ProfileComparison {
  readonly formatVersion: 1
  readonly reference: { readonly source: string; readonly rows: number; readonly createdAt: number }
  readonly current: { readonly source: string; readonly rows: number; readonly createdAt: number }
  /** The share of drifted columns that is expected to be false. */
  readonly falseDiscoveryRate: number
  readonly schema: SchemaDifference
  /** Columns that both have, in the reference's order. */
  readonly columns: ReadonlyArray<ColumnDrift>
  /** Columns whose values drifted, of those that could be tested. */
  readonly drifted: number
  readonly tested: number
}

/** What was added, removed, or is of another type. */
export interface SchemaDifference {
  readonly added: ReadonlyArray<string>
  readonly removed: ReadonlyArray<string>
  readonly retyped: ReadonlyArray<{
    readonly column: string
    readonly reference: string
    readonly current: string
  }>
  /** Columns that have missing values and had none. */
  readonly nowMissing: ReadonlyArray<string>
}

/** What became of one column. */
export interface ColumnDrift {
  readonly column: string
  readonly type: ColumnType
  readonly values: DriftTest
  /** Whether the share of missing values changed: a test of two proportions. */
  readonly missing: DriftTest & { readonly referenceShare: number; readonly currentShare: number }
}

/** One test. `none` could not be made, and `reason` says why. */
export type DriftTest =
  | {
      readonly outcome: 'drift' | 'stable'
      readonly test: 'kolmogorov-smirnov' | 'chi-square' | 'two-proportions'
      /** p-value of the test, and the same adjusted for all tests of the comparison (Benjamini-Hochberg). */
      readonly pValue: number
      readonly adjustedPValue: number
      /** How far apart, which decides for more than 1,000 rows of reference beside the p-value. */
      readonly measure: 'wasserstein / sd' | 'jensen-shannon distance' | 'difference of shares'
      readonly distance: number
      /** Distance from which it is drift; null where the p-value alone decides. */
      readonly distanceThreshold: number | null
    }
  | { readonly outcome: 'none'; readonly reason: string }
