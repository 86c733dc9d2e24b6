import type { Page, SearchQuery } from '../../../domain/page.ts'
import type { RegisteredModel } from '../../../domain/registered-model.ts'
import { searchRows } from '../search/search-rows.ts'
import type { SearchTarget } from '../search/search-target.ts'
import { sqlPart } from '../search/sql-part.ts'
import { modelsOf } from './model-rows.ts'
import { type TaggedTable, promptScope, searchableTags } from './prompt-scope.ts'
import type { RegistryContext } from './registry-context.ts'

const MODELS: TaggedTable = { things: 'registered_model', tags: 'registered_model_tag', owner: 'model' }
const tag = searchableTags(MODELS)
const updated = { kind: 'number', sql: 't.updated_at' } as const

const target: SearchTarget = {
  thing: 'registered models',
  from: 'registered_model t',
  attributes: {
    name: { kind: 'text', sql: 't.name' },
    creation_timestamp: { kind: 'number', sql: 't.created_at' },
    last_updated_timestamp: updated,
    timestamp: updated,
  },
  attributeEntities: ['attribute', 'attributes', 'attr'],
  entities: { tag, tags: tag },
  defaultOrder: ['name'],
  tieBreak: ['name'],
}

/** One page of registered models; inside a read. A deleted one is gone. */
export function searchRegisteredModels({ database }: RegistryContext, query: SearchQuery): Page<RegisteredModel> {
  const scope = query.view === 'deleted' ? sqlPart('0') : promptScope(MODELS, query.filter)
  const { rows, ...page } = searchRows(database, { target, query, scope })
  return { items: modelsOf(database, rows), ...page }
}
