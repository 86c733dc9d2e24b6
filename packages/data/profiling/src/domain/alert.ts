/** ydata-profiling's alerts. */
export type AlertKind =
  | 'constant'
  | 'zeros'
  | 'high-correlation'
  | 'high-cardinality'
  | 'imbalance'
  | 'skewed'
  | 'missing'
  | 'infinite'
  | 'unique'
  | 'duplicates'
  | 'near-duplicates'
  | 'dirty-category'
  | 'seasonal'
  | 'non-stationary'
  | 'type-date'
  | 'uniform'
  | 'constant-length'
  | 'rejected'
  | 'unsupported'
  | 'empty'

/** Something worth a look. */
export interface Alert {
  readonly kind: AlertKind
  /** Absent for the table as a whole. */
  readonly column?: string
  /** What was measured, e.g. `|skewness|`. */
  readonly statistic: string
  readonly value: number
  readonly threshold: number
  readonly message: string
}
