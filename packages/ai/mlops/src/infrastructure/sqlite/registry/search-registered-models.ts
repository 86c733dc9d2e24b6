import { checkedLimit } from '../../../domain/checks/text.ts'
import { MlopsError } from '../../../domain/errors.ts'
import type { Page, SearchQuery } from '../../../domain/page.ts'
import type { RegisteredModel } from '../../../domain/registered-model.ts'
import { modelsOf } from './model-rows.ts'
import type { RegistryContext } from './registry-context.ts'

/** One page of registered models. */
export function searchRegisteredModels({ database }: RegistryContext, query: SearchQuery): Page<RegisteredModel> {
  if (query.filter !== undefined) throw new MlopsError('mlops/not-supported', 'filters are not there yet')
  const rows = database
    .sql('SELECT * FROM registered_model ORDER BY name LIMIT ?')
    .all(checkedLimit(query.limit, 1000, 50_000))
  return { items: modelsOf(database, rows) }
}
