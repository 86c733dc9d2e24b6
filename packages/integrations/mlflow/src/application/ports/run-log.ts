import type { DatasetInput, ModelInput, ModelOutput } from '../../domain/dataset-input.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import type { Page } from '../../domain/page.ts'
import type { RunBatch } from '../../domain/run.ts'

/** Writes to open or finished active runs, and reads series back. Concurrent calls are safe; each is all or nothing. */
export interface RunLog {
  /**
   * Params, then metrics, then tags. A metric point that is there already is ignored. Points with a `modelId` are also
   * kept with that logged model. @throws `not-found`, `invalid-state`, `invalid-argument`, `param-changed`
   */
  readonly log: (runId: string, batch: RunBatch) => Promise<void>
  /** The whole series by (at, step, value), 25,000 a page unless `limit` says; an unknown key has an empty series. */
  readonly history: (
    runId: string,
    key: string,
    page?: { readonly limit?: number; readonly pageToken?: string },
  ) => Promise<Page<MetricPoint>>
  /** Data and models that the run read; one that is there already is ignored. */
  readonly logInputs: (
    runId: string,
    inputs: { readonly datasets?: ReadonlyArray<DatasetInput>; readonly models?: ReadonlyArray<ModelInput> },
  ) => Promise<void>
  /** Logged models that the run made. */
  readonly logOutputs: (runId: string, models: ReadonlyArray<ModelOutput>) => Promise<void>
}
