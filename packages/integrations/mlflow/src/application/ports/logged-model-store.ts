import type { LoggedModel, LoggedModelChange, NewLoggedModel } from '../../domain/logged-model.ts'
import type { Page, SearchQuery } from '../../domain/page.ts'

/** Keeps the models that runs made. A deleted one is not found any more. */
export interface LoggedModelStore {
  readonly create: (model: NewLoggedModel) => Promise<LoggedModel>
  readonly find: (id: string) => Promise<LoggedModel | undefined>
  /** @throws `not-found`; also for a tag to delete that is not there */
  readonly change: (id: string, change: LoggedModelChange) => Promise<LoggedModel>
  /** Newest first. @throws `invalid-filter` */
  readonly search: (query: LoggedModelQuery) => Promise<Page<LoggedModel>>
}

/** Data by name, of any digest unless one is said. */
export interface DatasetKey {
  readonly name: string
  readonly digest?: string
}

/** Which logged models are looked for. */
export interface LoggedModelQuery extends SearchQuery {
  readonly experimentIds: ReadonlyArray<string>
  /** Metrics are those of these data only, in the filter, the order and the answer. */
  readonly datasets?: ReadonlyArray<DatasetKey>
  /** The data whose metric the order's item of the same index means; undefined: `datasets`. */
  readonly orderDatasets?: ReadonlyArray<DatasetKey | undefined>
}
