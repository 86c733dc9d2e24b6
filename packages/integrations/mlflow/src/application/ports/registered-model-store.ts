import type { Page, SearchQuery } from '../../domain/page.ts'
import type { NewRegisteredModel, RegisteredModel, RegisteredModelChange } from '../../domain/registered-model.ts'

/** Keeps registered models. */
export interface RegisteredModelStore {
  /** @throws `already-exists` */
  readonly create: (model: NewRegisteredModel) => Promise<RegisteredModel>
  readonly find: (name: string) => Promise<RegisteredModel | undefined>
  /** Undefined after a `delete`, which takes the versions with it. @throws `not-found`, `already-exists` */
  readonly change: (
    name: string,
    change: RegisteredModelChange | { readonly kind: 'delete' },
  ) => Promise<RegisteredModel | undefined>
  /** By name unless `orderBy` says otherwise. Prompts (tag `mlflow.prompt.is_prompt`) only when asked for. */
  readonly search: (query: SearchQuery) => Promise<Page<RegisteredModel>>
}
