import type { Model } from '../../domain/model.ts'

/** What a list of models shows: everything but the learned state. */
export type ModelSummary = Omit<Model, 'state'>

/**
 * Keeps models by name and version. A save is all or nothing: a reader sees the whole model or none. Versions of one
 * name are never changed once saved.
 */
export interface ModelRepository {
  /** Stores the model as the next version of its name (1 for a new name) and answers that version. */
  readonly save: (model: Omit<Model, 'version'>) => Promise<Model>
  /** The given version of a name, or its latest; undefined when there is none. */
  readonly find: (name: string, version?: number) => Promise<Model | undefined>
  /** Every version of every model, by name, then version. */
  readonly list: () => Promise<ReadonlyArray<ModelSummary>>
  /** Removes one version, or all of a name; answers how many were removed. */
  readonly remove: (name: string, version?: number) => Promise<number>
}
