import type { LoggedModelStore } from '../../../application/ports/logged-model-store.ts'
import { checkOneOf } from '../../../domain/checks/text.ts'
import { checkModelTexts, checkNewLoggedModel } from '../../../domain/checks/things.ts'
import type { LoggedModel, LoggedModelChange, NewLoggedModel } from '../../../domain/logged-model.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Tags } from '../../../domain/tags.ts'
import { searchLoggedModels } from '../search/search-logged-models.ts'
import { activeExperimentRow, locationOf } from './experiment-rows.ts'
import { findLoggedModelRow, loggedModelsOf } from './logged-model-rows.ts'
import { runNameOf } from './run-name.ts'
import { activeRunRow } from './run-rows.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Logged models in the file. */
export function createLoggedModelStore(context: TrackingContext): LoggedModelStore {
  const { database } = context
  return {
    create: async (model) => {
      checkNewLoggedModel(model)
      return database.write(() => insertModel(context, model))
    },
    find: (id) => database.read(() => findModel(context, id)),
    change: async (id, change) => {
      if (change.kind === 'finalize') checkOneOf('status', change.status, ['READY', 'UPLOAD_FAILED'])
      if (change.kind === 'log-params') checkModelTexts(change.params, {})
      if (change.kind === 'set-tags') checkModelTexts({}, change.tags)
      return database.write(() => changeModel(context, id, change))
    },
    search: (query) => database.read(() => searchLoggedModels(context, query)),
  }
}

function findModel(context: TrackingContext, id: string): LoggedModel | undefined {
  const row = findLoggedModelRow(context, id)
  return row === undefined ? undefined : loggedModelsOf(context, [row])[0]
}

function existing(context: TrackingContext, id: string): LoggedModel {
  const model = findModel(context, id)
  if (model === undefined) throw notFound('logged model', id)
  return model
}

function insertModel(context: TrackingContext, model: NewLoggedModel): LoggedModel {
  const experiment = activeExperimentRow(context, model.experimentId)
  if (model.sourceRunId !== undefined) activeRunRow(context, model.sourceRunId)
  const hex = context.newId()
  const modelId = `m-${hex}`
  const now = context.now()
  const id = context.database
    .sql(
      `INSERT INTO logged_model
         (model_id, experiment, name, model_type, source_run_id, status, artifact_location, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, 'PENDING', ?, ?, ?)`,
    )
    .run(
      modelId,
      Number(experiment['id']),
      model.name ?? runNameOf(hex),
      model.modelType ?? null,
      model.sourceRunId ?? null,
      `${locationOf(context, experiment)}/models/${modelId}/artifacts`,
      now,
      now,
    ).lastRowId
  setTexts(context, 'logged_model_param', id, model.params ?? {})
  setTexts(context, 'logged_model_tag', id, model.tags ?? {})
  return existing(context, modelId)
}

function changeModel(context: TrackingContext, modelId: string, change: LoggedModelChange): LoggedModel {
  const { database, now } = context
  const model = existing(context, modelId)
  const id = Number(findLoggedModelRow(context, modelId)?.['id'])
  switch (change.kind) {
    case 'finalize':
      database.sql('UPDATE logged_model SET status = ? WHERE id = ?').run(change.status, id)
      break
    case 'log-params':
      setTexts(context, 'logged_model_param', id, change.params)
      break
    case 'set-tags':
      setTexts(context, 'logged_model_tag', id, change.tags)
      break
    case 'delete-tag': {
      const gone = database.sql('DELETE FROM logged_model_tag WHERE model = ? AND key = ?').run(id, change.key)
      if (gone.changes === 0) throw notFound('tag', change.key, { modelId })
      break
    }
    case 'delete':
      database.sql("UPDATE logged_model SET stage = 'deleted', deleted_at = ? WHERE id = ?").run(now(), id)
      return model
  }
  database.sql('UPDATE logged_model SET updated_at = ? WHERE id = ?').run(now(), id)
  return existing(context, modelId)
}

function setTexts(
  { database }: TrackingContext,
  table: 'logged_model_param' | 'logged_model_tag',
  model: number,
  texts: Tags,
): void {
  const insert = database.sql(
    `INSERT INTO ${table} (model, key, value) VALUES (?, ?, ?)
     ON CONFLICT (model, key) DO UPDATE SET value = excluded.value`,
  )
  for (const [key, value] of Object.entries(texts)) insert.run(model, key, value)
}
