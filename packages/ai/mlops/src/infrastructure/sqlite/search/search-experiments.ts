import type { Experiment } from '../../../domain/experiment.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import { experimentsOf } from '../tracking/experiment-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'
import { experimentTarget } from './experiment-target.ts'
import { searchRows } from './search-rows.ts'
import { inView } from './view.ts'

/** One page of experiments; inside a read. */
export function searchExperiments(context: TrackingContext, query: SearchQuery): Page<Experiment> {
  const { rows, ...page } = searchRows(context.database, {
    target: experimentTarget,
    query,
    scope: inView(query.view),
  })
  return { items: experimentsOf(context, rows), ...page }
}
