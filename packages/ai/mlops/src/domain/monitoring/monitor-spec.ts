import type { BoundsPolicy } from './bounds.ts'
import type { ColumnKind, MonitoredRow } from './column.ts'
import type { DriftRule } from './drift/feature-drift.ts'
import type { ClassificationMetric } from './performance/classification-metrics.ts'
import type { RegressionMetric } from './performance/regression-metrics.ts'
import type { WindowPolicy } from './windows.ts'

/** A column that the model reads, and how its drift is judged. */
export interface MonitoredFeature extends Omit<DriftRule, 'above'> {
  readonly name: string
  readonly kind: ColumnKind
  /**
   * Judges by the statistic instead: above the mean of what the reference's own windows give, plus so many of their standard
   * deviations, is drift. Not together with `threshold`.
   */
  readonly deviations?: number
}

/** Where the model's answers stand in a row. */
export type MonitoredOutput =
  /** Two classes: `score` is the column of the positive class's score, `positive` that class (default 1). */
  | {
      readonly kind: 'binary'
      readonly prediction: string
      readonly score: string
      readonly positive?: string | number | boolean
    }
  /** Several classes: the column of each one's score, by class. */
  | {
      readonly kind: 'multiclass'
      readonly prediction: string
      readonly scores: Readonly<Record<string, string>>
    }
  | { readonly kind: 'regression'; readonly prediction: string }

/** Greatest tolerated shares of a window's rows, in [0, 1]: missing and duplicate ones beyond the reference's share. */
export interface QualityLimits {
  /** 0.05 when absent. */
  readonly missing?: number
  /** 0.05 when absent. */
  readonly outOfRange?: number
  /** 0.01 when absent. */
  readonly unseen?: number
  /** 0.05 when absent. */
  readonly duplicates?: number
}

/** What a monitor watches, and when it raises its voice. */
export interface MonitorSpec {
  /** 1 to 250 characters. */
  readonly name: string
  /** The registered version that is watched; `noDriftSince` asks by it. */
  readonly model?: { readonly name: string; readonly version: string }
  readonly features: ReadonlyArray<MonitoredFeature>
  readonly output?: MonitoredOutput
  /** Column of the truth: needed in the reference for estimates, and joined later by id where rows do not have it yet. */
  readonly target?: string
  /** Column that names a row, so that its label can be joined later. A row that comes with a known id replaces that row. */
  readonly id?: string
  /** Column of epoch milliseconds, Dates or ISO 8601 texts; when the row came, where absent. */
  readonly timestamp?: string
  readonly window: WindowPolicy
  /** Metrics that are estimated, realised and held to bounds; all but the counts when absent. */
  readonly metrics?: ReadonlyArray<ClassificationMetric | RegressionMetric>
  /** Standard deviations of the reference's windows that bounds lie from their mean; 3 when absent. */
  readonly deviations?: number
  /** Other bounds of single metrics, or of the reconstruction error. */
  readonly bounds?: Readonly<Partial<Record<ClassificationMetric | RegressionMetric | 'reconstruction', BoundsPolicy>>>
  /** Share of drifted features from which on the data have drifted, in (0, 1]; 0.5 when absent, as Evidently has it. */
  readonly driftShare?: number
  readonly quality?: QualityLimits
  /** Draws the splits that tell whether scores need calibration; 1 when absent. */
  readonly seed?: number
}

/** How the bounds of a metric, or of the reconstruction error, come about. */
export function boundsPolicyOf(
  { bounds, deviations }: MonitorSpec,
  of: ClassificationMetric | RegressionMetric | 'reconstruction',
): BoundsPolicy {
  return bounds?.[of] ?? { kind: 'deviation', ...(deviations === undefined ? {} : { times: deviations }) }
}

/** Names of the columns that hold the model's answers; the prediction first. */
export function outputColumnsOf(output: MonitoredOutput): ReadonlyArray<string> {
  if (output.kind === 'binary') return [output.prediction, output.score]
  if (output.kind === 'multiclass') return [output.prediction, ...Object.values(output.scores)]
  return [output.prediction]
}

/** The columns of a row that the monitor looks at: Dates as epoch milliseconds, what is missing as null. */
export function watchedPart(spec: MonitorSpec, row: MonitoredRow): MonitoredRow {
  const names = [
    ...spec.features.map(({ name }) => name),
    ...(spec.output === undefined ? [] : outputColumnsOf(spec.output)),
    ...[spec.target, spec.id, spec.timestamp].filter((name) => name !== undefined),
  ]
  return Object.fromEntries(names.map((name) => [name, plain(row[name])]))
}

/** The id of a row: a text or number; undefined where it has none. */
export function rowIdOf({ id }: MonitorSpec, row: MonitoredRow): string | undefined {
  const value = id === undefined ? undefined : row[id]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function plain(value: unknown): unknown {
  if (value === undefined || Number.isNaN(value)) return null
  if (typeof value === 'bigint') return String(value) // JSON has none
  return value instanceof Date ? value.getTime() : value
}
