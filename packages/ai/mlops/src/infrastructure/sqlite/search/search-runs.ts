import type { Page, SearchQuery } from '../../../domain/page.ts'
import type { Run } from '../../../domain/run.ts'
import { runsOf } from '../tracking/run-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'
import { runTarget } from './run-target.ts'
import { searchRows } from './search-rows.ts'
import { ofExperiments } from './view.ts'

/** One page of runs with all their data; inside a read. */
export function searchRuns(
  context: TrackingContext,
  query: SearchQuery & { readonly experimentIds: ReadonlyArray<string> },
): Page<Run> {
  const { rows, ...page } = searchRows(
    context.database,
    {
      target: runTarget,
      query,
      scope: ofExperiments(query.experimentIds, query.view),
      boundTo: query.experimentIds,
    },
    (text) => context.words.find(text),
  )
  return { items: runsOf(context, rows), ...page }
}
