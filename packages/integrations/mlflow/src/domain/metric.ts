/** One value of one series. */
export interface MetricPoint {
  /** At most 250 of letters, digits, `_ - . / :` and space; its own normalised path. */
  readonly key: string
  /** Any double; NaN is kept as NaN, infinities as the greatest finite double of their sign (as MLflow does). */
  readonly value: number
  /** Epoch milliseconds, >= 0. */
  readonly at: number
  /** A whole number, 0 when the caller counts no steps; may be negative. */
  readonly step: number
  /** The logged model that the value is of, if any. */
  readonly modelId?: string
  readonly datasetName?: string
  readonly datasetDigest?: string
}

/**
 * What is kept of a whole series: its last point, the greatest by (step, at, value), and the extremes and count of all
 * points. A store that does not keep extremes (a remote MLflow) leaves them out.
 */
export interface MetricSummary {
  readonly value: number
  readonly step: number
  readonly at: number
  readonly min?: number
  readonly max?: number
  readonly count?: number
}
