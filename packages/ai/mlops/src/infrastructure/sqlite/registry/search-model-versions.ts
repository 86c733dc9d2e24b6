import type { ModelVersion } from '../../../domain/model-version.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import { searchRows } from '../search/search-rows.ts'
import type { SearchTarget } from '../search/search-target.ts'
import { joinParts, sqlPart } from '../search/sql-part.ts'
import { type TaggedTable, promptScope, searchableTags } from './prompt-scope.ts'
import type { RegistryContext } from './registry-context.ts'
import { versionsOf } from './version-rows.ts'

/** MLflow's own limit; it answers that many when none is asked for. */
const MOST = 200_000

const VERSIONS: TaggedTable = { things: 'model_version', tags: 'model_version_tag', owner: 'version' }
const tag = searchableTags(VERSIONS)

const target: SearchTarget = {
  thing: 'model versions',
  from: 'model_version t',
  attributes: {
    name: { kind: 'text', sql: 't.name' },
    version_number: { kind: 'number', sql: 't.version' },
    run_id: { kind: 'text', sql: 't.run_id', nullable: true },
    source_path: { kind: 'text', sql: 't.source' },
    stage: { kind: 'text', sql: 't.stage' },
    user_id: { kind: 'text', sql: 't.user_id' },
    creation_timestamp: { kind: 'number', sql: 't.created_at' },
    last_updated_timestamp: { kind: 'number', sql: 't.updated_at' },
  },
  attributeEntities: ['attribute', 'attributes', 'attr'],
  entities: { tag, tags: tag },
  defaultOrder: ['last_updated_timestamp DESC', 'name', 'version_number DESC'],
  tieBreak: ['last_updated_timestamp DESC', 'name', 'version_number DESC'],
}

/** One page of model versions; inside a read. Deleted ones have nothing left to show. */
export function searchModelVersions({ database }: RegistryContext, query: SearchQuery): Page<ModelVersion> {
  // The `+` keeps SQLite from looking for the living ones first: nearly all are.
  const living = query.view === 'deleted' ? sqlPart('0') : sqlPart('+t.deleted = 0')
  const scope = joinParts([living, promptScope(VERSIONS, query.filter)], 'AND')
  const { rows, ...page } = searchRows(database, { target, query, scope, mostLimit: MOST })
  return { items: versionsOf(database, rows), ...page }
}
