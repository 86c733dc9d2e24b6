import type { LoggedModel, LoggedModelChange, NewLoggedModel } from '../../domain/logged-model.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'

/** Keeps the models that runs made. A deleted one is not found any more. */
export interface LoggedModelStore {
  readonly create: (model: NewLoggedModel) => Promise<LoggedModel>
  readonly find: (id: string) => Promise<LoggedModel | undefined>
  /** @throws `not-found`; also for a tag to delete that is not there */
  readonly change: (id: string, change: LoggedModelChange) => Promise<LoggedModel>
  /** Newest first. `datasets` keeps the metrics of those data sets only. @throws `invalid-filter` */
  readonly search: (
    query: SearchQuery & {
      readonly experimentIds: ReadonlyArray<string>
      readonly datasets?: ReadonlyArray<{ readonly name: string; readonly digest?: string }>
    },
  ) => Promise<Page<LoggedModel>>
}
