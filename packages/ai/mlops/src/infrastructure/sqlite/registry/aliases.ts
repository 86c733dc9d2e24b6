import type { SqlRow } from '../driver.ts'
import { wordOf } from './prompt-word.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { existingVersionRow } from './version-rows.ts'

/** Inside a write: gives the alias to a version, whoever had it. @throws MlopsError `mlops/not-found` for the version */
export function moveAlias(context: RegistryContext, model: SqlRow, alias: string, number: string): void {
  const [id, name] = [Number(model['id']), String(model['name'])]
  const version = String(existingVersionRow(context.database, name, Number(number))['version'])
  context.database
    .sql(
      `INSERT INTO registered_model_alias (model, alias, version) VALUES (?, ?, ?)
       ON CONFLICT (model, alias) DO UPDATE SET version = excluded.version`,
    )
    .run(id, alias, Number(version))
  emit(context, {
    type: `nomaly.${wordOf(context, id, 'model-version-alias')}.created`,
    subject: name,
    data: { name, alias, version },
  })
}

/** Inside a write: takes the alias away; a missing one is harmless and no event. */
export function dropAlias(context: RegistryContext, model: SqlRow, alias: string): void {
  const [id, name] = [Number(model['id']), String(model['name'])]
  const { changes } = context.database
    .sql('DELETE FROM registered_model_alias WHERE model = ? AND alias = ?')
    .run(id, alias)
  if (changes === 0) return
  emit(context, {
    type: `nomaly.${wordOf(context, id, 'model-version-alias')}.deleted`,
    subject: name,
    data: { name, alias },
  })
}

/** The version that has the alias, if any. */
export function aliasHolder({ database }: RegistryContext, model: number, alias: string): string | undefined {
  const row = database.sql('SELECT version FROM registered_model_alias WHERE model = ? AND alias = ?').get(model, alias)
  return row === undefined ? undefined : String(row['version'])
}
