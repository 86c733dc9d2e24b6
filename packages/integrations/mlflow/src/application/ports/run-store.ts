import type { Page, SearchQuery } from '../../domain/page.ts'
import type { NewRun, Run, RunChange } from '../../domain/run.ts'

/** Keeps runs. What is logged to them goes through `RunLog`. */
export interface RunStore {
  /** Opens a run: status RUNNING. @throws `not-found`, `invalid-state` for an experiment that is not there or deleted */
  readonly create: (run: NewRun) => Promise<Run>
  /** With all its data, also a deleted one; undefined when there is none. */
  readonly find: (id: string) => Promise<Run | undefined>
  /** @throws `not-found`, `invalid-state`, `not-supported` */
  readonly change: (id: string, change: RunChange) => Promise<Run>
  /**
   * Runs of the named experiments, newest start first, then by id, unless `orderBy` says otherwise. A run that lacks a
   * key never matches a comparison with it, not even `!=`. @throws `invalid-filter`
   */
  readonly search: (query: SearchQuery & { readonly experimentIds: ReadonlyArray<string> }) => Promise<Page<Run>>
}
