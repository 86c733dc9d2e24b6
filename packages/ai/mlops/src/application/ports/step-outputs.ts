import type { StoredOutput } from './pipeline-store.ts'

/** Reads what steps have answered. They are written through `PipelineStore.change`. */
export interface StepOutputs {
  /** undefined when it is not kept. */
  readonly read: (digest: string) => Promise<StoredOutput | undefined>
  /** The newest shared answer of a key. */
  readonly cached: (key: string) => Promise<StoredOutput | undefined>
  /**
   * Forgets runs that ended before `before` (epoch milliseconds), shared answers that were given before then, and answers that nothing
   * needs any more; answers how many of these.
   */
  readonly prune: (before: number) => Promise<number>
}
