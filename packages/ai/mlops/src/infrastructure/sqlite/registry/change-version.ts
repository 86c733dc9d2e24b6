import type { ModelVersionChange, Stage } from '../../../domain/model-version.ts'
import { stageOf } from '../../../domain/registry/stage.ts'
import type { SqlRow } from '../driver.ts'
import { wordOf } from './prompt-word.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { deleteVersionTag, setVersionTag } from './version-tags.ts'

const REDACTED = 'REDACTED'

/** Inside a write: makes a checked change of a living version. */
export function changeVersion(
  context: RegistryContext,
  row: SqlRow,
  change: ModelVersionChange | { readonly kind: 'delete' },
): void {
  const id = Number(row['id'])
  switch (change.kind) {
    case 'describe':
      context.database
        .sql('UPDATE model_version SET description = ?, updated_at = ? WHERE id = ?')
        .run(change.description, context.now(), id)
      return tell(context, row, 'model-version', 'updated', { description: change.description })
    case 'set-tag':
      setVersionTag(context, id, change.key, change.value)
      return tell(context, row, 'model-version-tag', 'set', { key: change.key, value: change.value })
    case 'delete-tag':
      deleteVersionTag(context, id, change.key)
      return tell(context, row, 'model-version-tag', 'deleted', { key: change.key })
    case 'stage': {
      const stage = stageOf(change.stage)
      moveToStage(context, row, stage, change.archiveExisting === true)
      return tell(context, row, 'model-version', 'transitioned', { from: row['stage'], to: stage })
    }
    case 'delete':
      deleteVersion(context, row)
      return tell(context, row, 'model-version', 'deleted', {})
  }
}

function moveToStage(context: RegistryContext, row: SqlRow, stage: Stage, archiveExisting: boolean): void {
  const { database } = context
  const [id, model, now] = [Number(row['id']), Number(row['model']), context.now()]
  if (archiveExisting)
    database
      .sql(
        `UPDATE model_version SET stage = 'Archived', updated_at = ?
         WHERE model = ? AND stage = ? AND id <> ? AND deleted = 0`,
      )
      .run(now, model, stage, id)
  database.sql('UPDATE model_version SET stage = ?, updated_at = ? WHERE id = ?').run(stage, now, id)
  database.sql('UPDATE registered_model SET updated_at = ? WHERE id = ?').run(now, model)
}

/** The row stays for its number; what it said of itself goes. */
function deleteVersion({ database, now }: RegistryContext, row: SqlRow): void {
  const [id, model, at] = [Number(row['id']), Number(row['model']), now()]
  database
    .sql(
      `UPDATE model_version SET deleted = 1, stage = 'None', description = '', user_id = '', source = '${REDACTED}',
       run_id = NULL, run_link = NULL, model_id = NULL, status_message = NULL, updated_at = ? WHERE id = ?`,
    )
    .run(at, id)
  database.sql('DELETE FROM model_version_tag WHERE version = ?').run(id)
  database.sql('DELETE FROM registered_model_alias WHERE model = ? AND version = ?').run(model, Number(row['version']))
  database.sql('UPDATE registered_model SET updated_at = ? WHERE id = ?').run(at, model)
}

function tell(
  context: RegistryContext,
  row: SqlRow,
  word: 'model-version' | 'model-version-tag',
  past: string,
  data: Readonly<Record<string, unknown>>,
): void {
  const name = String(row['name'])
  emit(context, {
    type: `nomaly.${wordOf(context, Number(row['model']), word)}.${past}`,
    subject: name,
    data: { name, version: String(row['version']), ...data },
  })
}
