import type { DatasetInput, ModelInput, ModelOutput } from './dataset-input.ts'
import type { MetricPoint, MetricSummary } from './metric.ts'
import type { LifecycleStage, Tags } from './tags.ts'

/** MLflow's words, as they stand in its wire format. */
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED'

/** All of them. */
export const runStatuses: ReadonlyArray<RunStatus> = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** One attempt: what went in, what came out. */
export interface Run {
  /** 32 lower-case hexadecimal digits when the store gave it. */
  readonly id: string
  readonly experimentId: string
  /** Always the same as the tag `mlflow.runName`. */
  readonly name: string
  readonly userId: string
  readonly status: RunStatus
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** Epoch milliseconds; absent while the run is open. */
  readonly endedAt?: number
  readonly lifecycleStage: LifecycleStage
  /** URI of the run's artifact root. */
  readonly artifactLocation: string
  readonly params: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, MetricSummary>>
  /** A nested run has its parent's id in `mlflow.parentRunId`; a note is `mlflow.note.content`. */
  readonly tags: Tags
  readonly datasetInputs: ReadonlyArray<DatasetInput>
  readonly modelInputs: ReadonlyArray<ModelInput>
  readonly modelOutputs: ReadonlyArray<ModelOutput>
}

/** What a new run may say of itself. */
export interface NewRun {
  readonly experimentId: string
  /** Else the tag `mlflow.runName`, else a random adjective-noun-number; both given must be equal. */
  readonly name?: string
  readonly userId?: string
  /** Epoch milliseconds; the store's clock when absent. */
  readonly startedAt?: number
  readonly tags?: Tags
}

/** One change of a run. All but `delete` and `restore` need it active. */
export type RunChange =
  | { readonly kind: 'update'; readonly status?: RunStatus; readonly endedAt?: number; readonly name?: string }
  | { readonly kind: 'delete-tag'; readonly key: string }
  /** Into another active experiment; artifacts stay where they are. */
  | { readonly kind: 'move'; readonly experimentId: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }

/** What is written to a run in one go: all of it or none. */
export interface RunBatch {
  readonly metrics?: ReadonlyArray<MetricPoint>
  /** Immutable: the same value again is harmless, another is refused with `mlops/param-changed`. */
  readonly params?: ReadonlyArray<{ readonly key: string; readonly value: string }>
  /** Set anew; `mlflow.runName` renames the run. */
  readonly tags?: ReadonlyArray<{ readonly key: string; readonly value: string }>
}
