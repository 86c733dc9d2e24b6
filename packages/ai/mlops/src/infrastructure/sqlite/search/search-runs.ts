import { checkedLimit } from '../../../domain/checks/text.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import type { Run } from '../../../domain/run.ts'
import { runsOf } from '../tracking/run-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'

/** One page of runs. */
export function searchRuns(
  context: TrackingContext,
  query: SearchQuery & { readonly experimentIds: ReadonlyArray<string> },
): Page<Run> {
  if (query.filter !== undefined) throw new MlopsError('mlops/not-supported', 'filters are not there yet')
  const rows = context.database
    .sql(
      `SELECT * FROM run WHERE experiment IN (SELECT value FROM json_each(?)) AND stage = ?
       ORDER BY started_at DESC, run_id LIMIT ?`,
    )
    .all(
      JSON.stringify(query.experimentIds.map(Number)),
      query.view ?? 'active',
      checkedLimit(query.limit, 1000, 50_000),
    )
  return { items: runsOf(context, rows) }
}
