import type { Tags } from './tags.ts'

/** For clients that know stages only; aliases are the better way. */
export type Stage = 'None' | 'Staging' | 'Production' | 'Archived'

/** Whether a version can be used. */
export type ModelVersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY'

/** One version of a registered model. */
export interface ModelVersion {
  readonly name: string
  /** Decimal digits, from `'1'` on; a deleted version's number is not given again. */
  readonly version: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
  readonly userId: string
  readonly stage: Stage
  readonly description: string
  /** Where the files are: a URI. */
  readonly source: string
  readonly runId?: string
  readonly runLink?: string
  /** The logged model it was registered from. */
  readonly modelId?: string
  readonly status: ModelVersionStatus
  readonly statusMessage?: string
  readonly tags: Tags
  readonly aliases: ReadonlyArray<string>
}

/** What a new version may say of itself. */
export interface NewModelVersion {
  readonly name: string
  readonly source: string
  readonly runId?: string
  readonly runLink?: string
  readonly modelId?: string
  readonly userId?: string
  readonly description?: string
  readonly tags?: Tags
}

/** One change of a version. */
export type ModelVersionChange =
  | { readonly kind: 'describe'; readonly description: string }
  | { readonly kind: 'set-tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'delete-tag'; readonly key: string }
  /** `archiveExisting` moves the others of that stage to Archived: for Staging and Production only. */
  | { readonly kind: 'stage'; readonly stage: Stage; readonly archiveExisting?: boolean }
