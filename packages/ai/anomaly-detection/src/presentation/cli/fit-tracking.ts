import type { ModelSummary } from '../../application/ports/model-repository.ts'

/** A fit that is to be kept as a run, and its model as a version in a registry. */
export interface TrackedFit {
  /** An experiment's name; the tracker's own choice when absent. */
  readonly experiment: string | undefined
  readonly model: ModelSummary
  /** What was learned from: a path, or `-`. */
  readonly source: string
  /** Epoch milliseconds. */
  readonly startedAt: number
}

/** Where it was kept. */
export interface KeptFit {
  readonly experiment: string
  readonly runId: string
  /** `name/version` in the registry. */
  readonly version: string
}
