import { checkedLimit } from '../../../domain/checks/text.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { ModelVersion } from '../../../domain/model-version.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import type { RegistryContext } from './registry-context.ts'
import { VERSION_COLUMNS, versionsOf } from './version-rows.ts'

/** One page of model versions. */
export function searchModelVersions({ database }: RegistryContext, query: SearchQuery): Page<ModelVersion> {
  if (query.filter !== undefined) throw new MlopsError('mlops/not-supported', 'filters are not there yet')
  const rows = database
    .sql(`${VERSION_COLUMNS} WHERE v.deleted = 0 ORDER BY v.updated_at DESC, m.name, v.version DESC LIMIT ?`)
    .all(checkedLimit(query.limit, 1000, 50_000))
  return { items: versionsOf(database, rows) }
}
