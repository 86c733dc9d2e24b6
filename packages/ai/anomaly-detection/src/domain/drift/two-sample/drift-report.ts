import type { DriftMethod } from './drift-method.ts'
import type { FeatureChange } from './feature-change.ts'
import type { Correction } from './p-value-corrections.ts'

/** Whether values have gone missing, or have come, in the share of the rows that lack one. */
export interface MissingDrift {
  readonly from: number
  readonly to: number
  /** Adjusted as the others; 1 where no value is missing in either sample. */
  readonly adjustedPValue: number
  readonly drifted: boolean
}

/** What became of one column. */
export interface FeatureDrift {
  readonly feature: string
  /** Numbers with at most 10 different values are categories. */
  readonly kind: 'number' | 'category'
  /** Null where one of the samples has no value: then only `missing` can tell. */
  readonly method: DriftMethod | null
  /** Of the method: see there. */
  readonly statistic: number
  /** In [0, 1], small is drift; null where the method is a distance, or there is none. */
  readonly pValue: number | null
  /** The same, adjusted for the number of tests: what alpha is held against. */
  readonly adjustedPValue: number | null
  /** The size of the change, whatever the number of rows: see `ColumnComparison`. */
  readonly effect: number
  /** Of its values, or of the share of missing ones. */
  readonly drifted: boolean
  readonly change: FeatureChange
  readonly missing: MissingDrift
}

/** What all number columns together say, in rows that lack none. */
export interface JointDrift {
  readonly method: 'mmd' | 'classifier'
  readonly features: ReadonlyArray<string>
  readonly statistic: number
  readonly pValue: number
  readonly drifted: boolean
}

/** What became of a table. */
export interface DriftReport {
  /** Whether any column, or the joint test, has drifted. */
  readonly drifted: boolean
  /** In the order of the reference. */
  readonly features: ReadonlyArray<FeatureDrift>
  readonly joint: JointDrift | null
  readonly rows: { readonly reference: number; readonly current: number }
  readonly alpha: number
  readonly correction: Correction
  /** Columns of one of the tables alone, which were not compared. */
  readonly ignored: ReadonlyArray<string>
}
