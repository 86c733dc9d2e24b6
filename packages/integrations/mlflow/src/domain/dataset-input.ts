import type { Tags } from './tags.ts'

/** Data that a run read. Identified within an experiment by name and digest. */
export interface DatasetInput {
  /** 1 to 500 characters. */
  readonly name: string
  /** 1 to 36 characters. */
  readonly digest: string
  readonly sourceType: string
  readonly source: string
  /** JSON text, at most 1,048,575 characters. */
  readonly schema?: string
  /** JSON text, at most 16,777,215 characters. */
  readonly profile?: string
  /** `mlflow.data.context` says what it was for: training, validation, ... */
  readonly tags: Tags
}

/** A logged model that a run read. */
export interface ModelInput {
  readonly modelId: string
}

/** A logged model that a run made. */
export interface ModelOutput {
  readonly modelId: string
  readonly step: number
}
