import type { DetectorEvaluation } from '../../application/evaluate-detectors.ts'
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

/** A fit that came to nothing. */
export interface FailedFit extends Omit<TrackedFit, 'model'> {
  /** Of the model that there would be. */
  readonly name: string
  /** The detector's id. */
  readonly detector: string
  readonly error: unknown
}

/** What detectors were measured to be worth, file by file. */
export interface TrackedEvaluation extends Pick<TrackedFit, 'experiment' | 'startedAt'> {
  readonly files: ReadonlyArray<{ readonly path: string; readonly evaluations: ReadonlyArray<DetectorEvaluation> }>
}

/** Keeps what commands do as runs. */
export interface CommandTracking {
  /** Keeps a fit as a run, and registers its model. */
  readonly fit: (fit: TrackedFit) => Promise<KeptFit>
  /** Keeps a run that has failed. */
  readonly failedFit: (fit: FailedFit) => Promise<Omit<KeptFit, 'version'>>
  /** Keeps a run, and within it a run for each detector and file. */
  readonly evaluation: (evaluation: TrackedEvaluation) => Promise<Omit<KeptFit, 'version'>>
}
