import type { MetricPoint } from './metric.ts'
import type { Tags } from './tags.ts'

/** How far a logged model's upload has come. */
export type LoggedModelStatus = 'PENDING' | 'READY' | 'UPLOAD_FAILED'

/** A model that a run made, before or without registration (MLflow 3). */
export interface LoggedModel {
  /** `m-` and 32 hexadecimal digits. */
  readonly id: string
  readonly experimentId: string
  /** Not empty, none of `/ : . % " '`. */
  readonly name: string
  readonly modelType?: string
  readonly sourceRunId?: string
  readonly status: LoggedModelStatus
  readonly statusMessage?: string
  readonly artifactLocation: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
  readonly params: Readonly<Record<string, string>>
  readonly tags: Tags
  /** The newest point per key, data set and run. */
  readonly metrics: ReadonlyArray<MetricPoint & { readonly runId: string }>
}

/** What a new logged model may say of itself. A name is made up when absent. */
export interface NewLoggedModel {
  readonly experimentId: string
  readonly name?: string
  readonly modelType?: string
  readonly sourceRunId?: string
  readonly params?: Readonly<Record<string, string>>
  readonly tags?: Tags
}

/** One change of a logged model. */
export type LoggedModelChange =
  | { readonly kind: 'finalize'; readonly status: 'READY' | 'UPLOAD_FAILED' }
  | { readonly kind: 'log-params'; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'set-tags'; readonly tags: Tags }
  | { readonly kind: 'delete-tag'; readonly key: string }
  | { readonly kind: 'delete' }
