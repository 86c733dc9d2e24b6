import type { RowExplanation } from './explanation/explanation.ts'
import type { FeatureDeviation } from './feature-deviation.ts'

/** A row whose score lies above the threshold. */
export interface Anomaly {
  /** 0-based row of the source: rows that were dropped for a missing value are counted. */
  readonly index: number
  /** Higher is more anomalous. */
  readonly score: number
  /** The features that stand out most, furthest first; a hint by column, not the detector's own reasoning. */
  readonly features: ReadonlyArray<FeatureDeviation>
  /** The detector's own reasoning, where it was asked for: see `ExplainResults`. */
  readonly explanation?: RowExplanation | undefined
}
