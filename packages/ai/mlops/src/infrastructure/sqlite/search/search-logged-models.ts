import { checkedLimit } from '../../../domain/checks/text.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { LoggedModel } from '../../../domain/logged-model.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import { type DatasetFilter, loggedModelsOf } from '../tracking/logged-model-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'

/** One page of logged models. */
export function searchLoggedModels(
  context: TrackingContext,
  query: SearchQuery & { readonly experimentIds: ReadonlyArray<string>; readonly datasets?: DatasetFilter },
): Page<LoggedModel> {
  if (query.filter !== undefined) throw new MlopsError('mlops/not-supported', 'filters are not there yet')
  const rows = context.database
    .sql(
      `SELECT * FROM logged_model WHERE experiment IN (SELECT value FROM json_each(?)) AND stage = 'active'
       ORDER BY created_at DESC, model_id LIMIT ?`,
    )
    .all(JSON.stringify(query.experimentIds.map(Number)), checkedLimit(query.limit, 1000, 50_000))
  return { items: loggedModelsOf(context, rows, query.datasets) }
}
