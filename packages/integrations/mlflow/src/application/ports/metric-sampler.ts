import type { MetricPoint } from '../../domain/metric.ts'

/** What a chart asks of series that may be long. */
export interface SampleQuery {
  /** 1 to 100. */
  readonly runIds: ReadonlyArray<string>
  readonly key: string
  /** Steps, both ends included; all steps when absent. */
  readonly range?: { readonly from: number; readonly to: number }
  /** 1 to 2,500 steps. */
  readonly maxSteps: number
}

/** Thins out series for charts. */
export interface MetricSampler {
  /**
   * Over the n distinct logged steps in range: all when n <= maxSteps, else the steps at floor(i n / maxSteps) for
   * i < maxSteps, the last, and each run's own first and last in range (MLflow's get-history-bulk-interval).
   */
  readonly sample: (query: SampleQuery) => Promise<ReadonlyArray<MetricPoint & { readonly runId: string }>>
}
