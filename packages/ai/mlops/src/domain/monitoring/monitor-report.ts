import type { Bounds } from './bounds.ts'
import type { FeatureDrift } from './drift/feature-drift.ts'
import type { ClassificationMetric } from './performance/classification-metrics.ts'
import type { RegressionMetric } from './performance/regression-metrics.ts'
import type { ColumnQuality } from './quality.ts'

/** One metric of one window. */
export interface PerformanceReading {
  readonly metric: ClassificationMetric | RegressionMetric
  readonly value: number
  /** Only of estimates: the realised value lies within three standard errors of chance. */
  readonly band?: { readonly lower: number; readonly upper: number }
  /** What the reference's windows make usual. */
  readonly bounds: Bounds
  /** Whether the value lies outside of the bounds. */
  readonly alert: boolean
}

/** How badly the components of the reference rebuild the window. */
export interface ReconstructionReading {
  /** >= 0, in standardised units. */
  readonly value: number
  readonly standardError: number
  readonly bounds: Bounds
  readonly drifted: boolean
}

/** All that was found in one window. */
export interface WindowFindings {
  /** One entry a feature that has values on both sides. */
  readonly features: ReadonlyArray<FeatureDrift>
  /** Drifted features by all that were judged, in [0, 1]. */
  readonly driftedShare: number
  /** Of the prediction and of the scores. */
  readonly outputs: ReadonlyArray<FeatureDrift>
  /** Once labels are known. */
  readonly target?: FeatureDrift
  /** Absent where all components of the features are needed to hold 65 % of their variance: one feature, two unrelated ones. */
  readonly reconstruction?: ReconstructionReading
  readonly quality: ReadonlyArray<ColumnQuality>
  /** Rows that equal an earlier one in all features and outputs. */
  readonly duplicates: number
  readonly estimated: ReadonlyArray<PerformanceReading>
  readonly realised: ReadonlyArray<PerformanceReading>
  /** Rows that `realised` is of. */
  readonly labelled: number
}

/** What an alert is about. */
export type AlertKind =
  | 'data-drift'
  | 'multivariate-drift'
  | 'prediction-drift'
  | 'target-drift'
  | 'data-quality'
  | 'estimated-performance'
  | 'realised-performance'

/** Something that should be looked at. */
export interface MonitorAlert {
  readonly kind: AlertKind
  /** One sentence with the figures. */
  readonly what: string
  /** Columns or metrics concerned, the worst first. */
  readonly subjects: ReadonlyArray<string>
}

/** One window's findings. */
export interface MonitorReport {
  readonly id: string
  readonly monitor: string
  /** Key of the window, see `Window`. */
  readonly window: string
  readonly rows: number
  /** Epoch milliseconds of the first and the last row. */
  readonly from: number
  readonly to: number
  /** Epoch milliseconds: when the window was looked at. */
  readonly at: number
  readonly findings: WindowFindings
  readonly alerts: ReadonlyArray<MonitorAlert>
}
