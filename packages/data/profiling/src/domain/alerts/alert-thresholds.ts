/** From where on something is worth an alert. Shares are 0 to 1. */
export interface AlertThresholds {
  /** Least absolute correlation of two columns: Spearman of numbers, Cramer's V of categories, phi_k of both. Default 0.9. */
  readonly highCorrelation: number
  /** Different values of a text column, more than which are many. Default 50. */
  readonly highCardinality: number
  /** 1 - entropy / log2(categories), above which one category outweighs the rest. Default 0.5. */
  readonly imbalance: number
  /** Absolute skewness. Default 20. */
  readonly skewed: number
  /** Share of missing values. Default 0.01. */
  readonly missing: number
  /** Share of zeros. Default 0.01. */
  readonly zeros: number
  /** Share of infinities. Default 0.01. */
  readonly infinite: number
  /** Similarity of two categories (2 x longest common subsequence / both lengths), from which they may be one. Default 0.85. */
  readonly dirtyCategory: number
  /** Autocorrelation at the period. Default 0.3. */
  readonly seasonal: number
  /** p-value of the unit root, above which a series is not stationary. Default 0.05. */
  readonly nonStationary: number
  /** p-value of the chi-square test against equal counts, above which a column is uniform. Default 0.999. */
  readonly uniform: number
  /** Absolute correlation with an earlier column, from which a column adds nothing. Default 0.999. */
  readonly rejected: number
  /** Share of values that look like a date. Default 0.8. */
  readonly typeDate: number
}

/** ydata-profiling's thresholds, and ours where it has none. */
export const ALERT_THRESHOLDS: AlertThresholds = {
  highCorrelation: 0.9,
  highCardinality: 50,
  imbalance: 0.5,
  skewed: 20,
  missing: 0.01,
  zeros: 0.01,
  infinite: 0.01,
  dirtyCategory: 0.85,
  seasonal: 0.3,
  nonStationary: 0.05,
  uniform: 0.999,
  rejected: 0.999,
  typeDate: 0.8,
}
