import type { ModelVersion, ModelVersionChange, NewModelVersion } from '../../domain/model-version.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'

/** Keeps versions of registered models. */
export interface ModelVersionStore {
  /** The highest number ever given plus 1; READY at once. @throws `not-found` for the registered model */
  readonly create: (version: NewModelVersion) => Promise<ModelVersion>
  readonly find: (name: string, version: string) => Promise<ModelVersion | undefined>
  /** Undefined after a `delete`, which drops its aliases. @throws `not-found`, `invalid-argument` */
  readonly change: (
    name: string,
    version: string,
    change: ModelVersionChange | { readonly kind: 'delete' },
  ) => Promise<ModelVersion | undefined>
  /** Last changed first, then by name, then highest version, unless `orderBy` says otherwise. */
  readonly search: (query: SearchQuery) => Promise<Page<ModelVersion>>
}
