import type { DatasetKey, LoggedModelQuery } from '../../../application/ports/logged-model-store.ts'
import type { LoggedModel } from '../../../domain/logged-model.ts'
import type { Page } from '../../../domain/page.ts'
import { loggedModelsOf } from '../tracking/logged-model-rows.ts'
import type { TrackingContext } from '../tracking/tracking-context.ts'
import { loggedModelTarget } from './logged-model-target.ts'
import { searchRows } from './search-rows.ts'
import type { Field, RelatedField } from './search-target.ts'
import { ofExperiments } from './view.ts'

/** One page of logged models with all their data; inside a read. */
export function searchLoggedModels(context: TrackingContext, query: LoggedModelQuery): Page<LoggedModel> {
  const { experimentIds, datasets = [], orderDatasets = [] } = query
  const { rows, ...page } = searchRows(context.database, {
    target: loggedModelTarget(metricOf(datasets)),
    query,
    scope: ofExperiments(experimentIds, query.view),
    boundTo: [experimentIds, datasets, orderDatasets],
    adaptOrder: (field, index) => ofDataset(field, orderDatasets[index]),
  })
  return { items: loggedModelsOf(context, rows, datasets), ...page }
}

function metricOf(datasets: ReadonlyArray<DatasetKey>): RelatedField {
  const where = datasets.length === 0 ? '' : ` WHERE ${OF_DATASETS}`
  const points = `SELECT model, key, value, is_nan, max(at) FROM logged_model_metric${where}`
  return {
    kind: 'number',
    from: `(SELECT model, key, value, is_nan FROM logged_model_metric${where}) x`,
    // Of several points of one key, the newest is meant: SQLite takes the other columns from the row of the maximum.
    orderFrom: `(${points} GROUP BY model, key) x`,
    fromValues: datasets.length === 0 ? [] : [JSON.stringify(datasets)],
    owner: 'x.model',
    value: 'x.value',
    key: { column: 'x.key', as: 'text' },
    nan: 'x.is_nan',
  }
}

function ofDataset(field: Field, dataset: DatasetKey | undefined): Field {
  if (dataset === undefined || field.place === 'own') return field
  return field.nan === undefined ? field : { ...field, ...metricOf([dataset]) }
}

const OF_DATASETS = `EXISTS (
  SELECT 1 FROM json_each(?) d WHERE dataset_name = d.value ->> 'name'
    AND dataset_digest = coalesce(d.value ->> 'digest', dataset_digest))`
