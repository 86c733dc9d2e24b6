import { checkedLimit } from '../../../domain/checks/text.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { Experiment } from '../../../domain/experiment.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import { experimentsOf } from '../tracking/experiment-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'

/** One page of experiments. */
export function searchExperiments(context: TrackingContext, query: SearchQuery): Page<Experiment> {
  if (query.filter !== undefined) throw new MlopsError('mlops/not-supported', 'filters are not there yet')
  const rows = context.database
    .sql('SELECT * FROM experiment WHERE stage = ? ORDER BY created_at DESC, id LIMIT ?')
    .all(query.view ?? 'active', checkedLimit(query.limit, 1000, 50_000))
  return { items: experimentsOf(context, rows) }
}
