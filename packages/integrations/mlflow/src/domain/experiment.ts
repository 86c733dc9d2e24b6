import type { LifecycleStage, Tags } from './tags.ts'

/** A named set of runs that answer one question. */
export interface Experiment {
  /** Decimal digits; `'0'` is the experiment named `Default` that every store has. */
  readonly id: string
  readonly name: string
  /** Where runs keep artifacts unless they say otherwise: a URI, `mlflow-artifacts:/<id>` by default. */
  readonly artifactLocation: string
  /** Path of folders joined by `/`, `''` at the top: for the reader's order only, it changes no identity. */
  readonly folder: string
  readonly lifecycleStage: LifecycleStage
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
  readonly tags: Tags
}

/** What a new experiment may say of itself. */
export interface NewExperiment {
  /** 1 to 500 characters, taken by no other experiment, living or deleted. */
  readonly name: string
  readonly artifactLocation?: string
  readonly folder?: string
  readonly tags?: Tags
}

/** One change of an experiment. All but `restore` need it active. */
export type ExperimentChange =
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'set-tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'delete-tag'; readonly key: string }
  | { readonly kind: 'move'; readonly folder: string }
  /** Softly deletes it and its runs; again is harmless. */
  | { readonly kind: 'delete' }
  /** Brings it back with the runs that were deleted with it. */
  | { readonly kind: 'restore' }
