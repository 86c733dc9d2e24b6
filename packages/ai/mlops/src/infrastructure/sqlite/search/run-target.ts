import type { OwnField, RelatedField, SearchTarget } from './search-target.ts'

const text = (sql: string): OwnField => ({ kind: 'text', sql })
const number = (sql: string, nullable = false): OwnField => ({ kind: 'number', sql, nullable })

const name = text('t.name')
const startTime = number('t.started_at')

const textOf = (table: string): RelatedField => ({
  kind: 'text',
  from: `${table} x`,
  owner: 'x.run',
  value: 'x.value',
  key: { column: 'x.key', as: 'word' },
})
const param = textOf('param')
const tag = textOf('tag')

const summary = (value: string): RelatedField => ({
  kind: 'number',
  from: 'latest x',
  owner: 'x.run',
  value,
  key: { column: 'x.key', as: 'word' },
})
const metric: RelatedField = { ...summary('x.value'), nan: 'x.is_nan' }

const dataset = (value: string): RelatedField => ({
  kind: 'text',
  from: 'run_dataset x JOIN dataset d ON d.id = x.dataset',
  owner: 'x.run',
  value,
  use: 'filter',
})
const datasets = { name: dataset('d.name'), digest: dataset('d.digest'), context: dataset('x.context') }

/** How runs are searched: MLflow's fields, the extremes and counts of series, and the experiment. */
export const runTarget: SearchTarget = {
  thing: 'runs',
  from: 'run t',
  attributes: {
    run_id: text('t.run_id'),
    run_name: name,
    'run name': name,
    'Run name': name,
    'Run Name': name,
    artifact_uri: text('t.artifact_location'),
    user_id: text('t.user_id'),
    status: text('t.status'),
    start_time: startTime,
    created: startTime,
    Created: startTime,
    end_time: number('t.ended_at', true),
    experiment_id: text('CAST(t.experiment AS TEXT)'),
  },
  attributeEntities: ['attribute', 'attributes', 'attr', 'run'],
  entities: {
    metric,
    metrics: metric,
    min: summary('x.min'),
    max: summary('x.max'),
    count: summary('x.count'),
    param,
    params: param,
    parameter: param,
    parameters: param,
    tag,
    tags: tag,
    dataset: datasets,
    datasets,
  },
  defaultOrder: [],
  tieBreak: ['start_time DESC', 'run_id'],
}
