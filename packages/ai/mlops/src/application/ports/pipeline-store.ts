/** How far a pipeline's run, or one step of it, has come. */
export type PipelineStatus = 'running' | 'finished' | 'failed' | 'cancelled'

/** What a step answered, as it is kept. */
export interface StoredOutput {
  /** SHA-256 of kind and body, hexadecimal. */
  readonly digest: string
  readonly kind: 'json' | 'bytes' | 'none'
  readonly body: Uint8Array
}

/** A step that has been begun. */
export interface StoredStep {
  readonly name: string
  readonly status: PipelineStatus
  /** The tracked run of the step. */
  readonly runId: string
  /** What its answer is of: see `stepKey`. */
  readonly key: string
  /** Digest of its answer; absent until it is finished. */
  readonly output?: string
  readonly error?: string
}

/** A run of a pipeline. */
export interface StoredPipelineRun {
  readonly id: string
  readonly pipeline: string
  readonly status: PipelineStatus
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** Epoch milliseconds. */
  readonly endedAt?: number
  /** The tracked run of the whole. */
  readonly runId: string
  readonly input: StoredOutput
  readonly steps: ReadonlyArray<StoredStep>
}

/** One change of a pipeline's run. */
export type PipelineChange =
  | { readonly kind: 'status'; readonly status: PipelineStatus; readonly endedAt?: number }
  /** Puts the step in the place of one of the same name. `output` is kept with it, and reused by others with `isShared`. */
  | { readonly kind: 'step'; readonly step: StoredStep; readonly output?: StoredOutput; readonly isShared?: boolean }

/** Keeps runs of pipelines, so that one that broke off can go on. */
export interface PipelineStore {
  readonly create: (run: Omit<StoredPipelineRun, 'steps' | 'status'>) => Promise<void>
  /** undefined when there is none. */
  readonly find: (id: string) => Promise<StoredPipelineRun | undefined>
  /** All of the change or none; an end is told as the event `nomaly.pipeline.<status>`. @throws `not-found` */
  readonly change: (id: string, change: PipelineChange) => Promise<void>
  /** Newest first, at most 100; `status` running: those that are at work or were broken off. */
  readonly list: (query: {
    readonly pipeline?: string
    readonly status?: PipelineStatus
  }) => Promise<ReadonlyArray<StoredPipelineRun>>
}
