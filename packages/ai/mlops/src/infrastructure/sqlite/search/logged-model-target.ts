import type { RelatedField, SearchTarget } from './search-target.ts'

const textOf = (table: string): RelatedField => ({
  kind: 'text',
  from: `${table} x`,
  owner: 'x.model',
  value: 'x.value',
  key: { column: 'x.key', as: 'text' },
})

const created = { kind: 'number', sql: 't.created_at' } as const
const updated = { kind: 'number', sql: 't.updated_at' } as const

/** How logged models are searched. @param metric - the points that `metrics` means */
export function loggedModelTarget(metric: RelatedField): SearchTarget {
  return {
    thing: 'logged models',
    from: 'logged_model t',
    attributes: {
      name: { kind: 'text', sql: 't.name' },
      model_id: { kind: 'text', sql: 't.model_id' },
      model_type: { kind: 'text', sql: 't.model_type', nullable: true },
      status: { kind: 'text', sql: 't.status' },
      source_run_id: { kind: 'text', sql: 't.source_run_id', nullable: true },
      experiment_id: { kind: 'text', sql: 'CAST(t.experiment AS TEXT)' },
      creation_timestamp: created,
      creation_time: created,
      last_updated_timestamp: updated,
      last_updated_time: updated,
    },
    attributeEntities: ['attribute', 'attributes'],
    entities: { metrics: metric, params: textOf('logged_model_param'), tags: textOf('logged_model_tag') },
    defaultOrder: ['creation_timestamp DESC'],
    tieBreak: ['creation_timestamp DESC', 'model_id'],
  }
}
