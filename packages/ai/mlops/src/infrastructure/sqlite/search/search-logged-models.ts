import type { LoggedModel } from '../../../domain/logged-model.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import { type DatasetFilter, loggedModelsOf } from '../tracking/logged-model-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'
import { loggedModelTarget } from './logged-model-target.ts'
import { searchRows } from './search-rows.ts'
import type { RelatedField } from './search-target.ts'
import { ofExperiments } from './view.ts'

const metric: RelatedField = {
  kind: 'number',
  // Of several points of one key, the newest is meant: SQLite takes the other columns from the row of the maximum.
  from: '(SELECT model, key, value, is_nan, max(at) FROM logged_model_metric GROUP BY model, key) x',
  owner: 'x.model',
  value: 'x.value',
  key: { column: 'x.key', as: 'text' },
  nan: 'x.is_nan',
}

/** One page of logged models with all their data; inside a read. */
export function searchLoggedModels(
  context: TrackingContext,
  query: SearchQuery & { readonly experimentIds: ReadonlyArray<string>; readonly datasets?: DatasetFilter },
): Page<LoggedModel> {
  const { rows, ...page } = searchRows(context.database, {
    target: loggedModelTarget(metric),
    query,
    scope: ofExperiments(query.experimentIds, query.view),
    boundTo: [query.experimentIds, query.datasets ?? []],
  })
  return { items: loggedModelsOf(context, rows, query.datasets), ...page }
}
