import type { Experiment, ExperimentChange, NewExperiment } from '../../domain/experiment.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'

/** Keeps experiments. Every store has the experiment `'0'`, named `Default`. */
export interface ExperimentStore {
  /** @throws `already-exists` where a living or deleted experiment has the name */
  readonly create: (experiment: NewExperiment) => Promise<Experiment>
  /** By id or by name, also deleted ones; undefined when there is none. */
  readonly find: (key: { readonly id: string } | { readonly name: string }) => Promise<Experiment | undefined>
  /** @throws `not-found`, `invalid-state`, `already-exists`, `not-supported` */
  readonly change: (id: string, change: ExperimentChange) => Promise<Experiment>
  /** Newest first, then by id, unless `orderBy` says otherwise. @throws `invalid-filter` */
  readonly search: (query: SearchQuery) => Promise<Page<Experiment>>
}
