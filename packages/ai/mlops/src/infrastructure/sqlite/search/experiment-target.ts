import type { RelatedField, SearchTarget } from './search-target.ts'

const tag: RelatedField = {
  kind: 'text',
  from: 'experiment_tag x',
  owner: 'x.experiment',
  value: 'x.value',
  key: { column: 'x.key', as: 'text' },
}

/** How experiments are searched. */
export const experimentTarget: SearchTarget = {
  thing: 'experiments',
  from: 'experiment t',
  attributes: {
    name: { kind: 'text', sql: 't.name' },
    folder: { kind: 'text', sql: 't.folder' },
    creation_time: { kind: 'number', sql: 't.created_at' },
    last_update_time: { kind: 'number', sql: 't.updated_at' },
    experiment_id: { kind: 'number', sql: 't.id', use: 'order' },
  },
  attributeEntities: ['attribute', 'attributes', 'attr', 'experiment'],
  entities: { tag, tags: tag },
  defaultOrder: ['creation_time DESC'],
  tieBreak: ['experiment_id'],
}
