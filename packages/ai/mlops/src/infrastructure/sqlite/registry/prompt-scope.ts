import type { Filter } from '../../../domain/search/filter.ts'
import { parseFilter } from '../../../domain/search/parse-filter.ts'
import type { RelatedField } from '../search/search-target.ts'
import { type SqlPart, sqlPart } from '../search/sql-part.ts'
import { PROMPT_TAG } from './registry-context.ts'

/** A table of things, and the one of their tags. */
export interface TaggedTable {
  readonly things: 'registered_model' | 'model_version'
  readonly tags: 'registered_model_tag' | 'model_version_tag'
  /** Column of the tags that holds the thing's id. */
  readonly owner: 'model' | 'version'
}

/** What is no prompt, unless the filter itself says which it wants. @throws MlopsError `mlops/invalid-filter` */
export function promptScope({ tags, owner }: TaggedTable, filter: string | undefined): SqlPart {
  const parsed = filter === undefined ? undefined : parseFilter(filter)
  if (parsed !== undefined && asksForPrompts(parsed)) return sqlPart('1')
  return sqlPart(
    `NOT EXISTS (SELECT 1 FROM ${tags} p WHERE p.${owner} = t.id AND p.key = '${PROMPT_TAG}' AND p.value = 'true')`,
  )
}

/** Tags by which such things are searched: what is no prompt counts as tagged `false`, as MLflow has it. */
export function searchableTags({ things, tags, owner }: TaggedTable): RelatedField {
  const untagged = `SELECT id, '${PROMPT_TAG}', 'false' FROM ${things} m
    WHERE NOT EXISTS (SELECT 1 FROM ${tags} p WHERE p.${owner} = m.id AND p.key = '${PROMPT_TAG}')`
  return {
    kind: 'text',
    from: `(SELECT ${owner} AS owner, key, value FROM ${tags} UNION ALL ${untagged}) x`,
    owner: 'x.owner',
    value: 'x.value',
    key: { column: 'x.key', as: 'text' },
  }
}

function asksForPrompts(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.some(asksForPrompts)
  return filter.field.entity !== undefined && filter.field.key === PROMPT_TAG
}
