import type { ExperimentStore } from '../../../application/ports/experiment-store.ts'
import { checkText } from '../../../domain/checks/text.ts'
import { checkExperimentName, checkFolder, checkNewExperiment } from '../../../domain/checks/things.ts'
import type { Experiment, ExperimentChange, NewExperiment } from '../../../domain/experiment.ts'
import { limits } from '../../../domain/limits.ts'
import { alreadyExists, isDeleted, notFound } from '../../../domain/refusals.ts'
import { searchExperiments } from '../search/search-experiments.ts'
import { experimentsOf, findExperimentRow } from './experiment-rows.ts'
import { type TrackingContext, defaultLocation } from './tracking-context.ts'

/** Experiments in the file. */
export function createExperimentStore(context: TrackingContext): ExperimentStore {
  const { database } = context
  return {
    create: async (experiment) => {
      checkNewExperiment(experiment)
      return database.write(() => insertExperiment(context, experiment))
    },
    find: (key) => database.read(() => findExperiment(context, key)),
    change: async (id, change) => {
      checkChange(change)
      return database.write(() => changeExperiment(context, id, change))
    },
    search: (query) => database.read(() => searchExperiments(context, query)),
  }
}

function insertExperiment(context: TrackingContext, experiment: NewExperiment): Experiment {
  const { database } = context
  refuseTakenName(context, experiment.name)
  const now = context.now()
  const id = database
    .sql('INSERT INTO experiment (name, folder, created_at, updated_at) VALUES (?, ?, ?, ?)')
    .run(experiment.name, experiment.folder ?? '', now, now).lastRowId
  database
    .sql('UPDATE experiment SET artifact_location = ? WHERE id = ?')
    .run(experiment.artifactLocation ?? defaultLocation(context, id), id)
  for (const [key, value] of Object.entries(experiment.tags ?? {})) setTag(context, id, key, value)
  return existing(context, String(id))
}

function findExperiment(
  context: TrackingContext,
  key: { readonly id: string } | { readonly name: string },
): Experiment | undefined {
  const row =
    'id' in key
      ? findExperimentRow(context, key.id)
      : context.database.sql('SELECT * FROM experiment WHERE name = ?').get(key.name)
  return row === undefined ? undefined : experimentsOf(context, [row])[0]
}

function existing(context: TrackingContext, id: string): Experiment {
  const experiment = findExperiment(context, { id })
  if (experiment === undefined) throw notFound('experiment', id)
  return experiment
}

function checkChange(change: ExperimentChange): void {
  if (change.kind === 'rename') checkExperimentName(change.name)
  if (change.kind === 'move') checkFolder(change.folder)
  if (change.kind !== 'set-tag') return
  checkText('key', change.key, 1, limits.experimentTagKey)
  checkText('value', change.value, 0, limits.experimentTagValue)
}

function changeExperiment(context: TrackingContext, id: string, change: ExperimentChange): Experiment {
  const { lifecycleStage, name } = existing(context, id)
  if (lifecycleStage === 'deleted' && change.kind !== 'restore' && change.kind !== 'delete')
    throw isDeleted('experiment', id)
  const unchanged = lifecycleStage === (change.kind === 'restore' ? 'active' : 'deleted')
  if (change.kind === 'restore' ? unchanged : change.kind === 'delete' && unchanged) return existing(context, id)
  if (change.kind === 'rename' && change.name !== name) refuseTakenName(context, change.name)
  applyChange(context, Number(id), change)
  context.database.sql('UPDATE experiment SET updated_at = ? WHERE id = ?').run(context.now(), Number(id))
  return existing(context, id)
}

function applyChange(context: TrackingContext, id: number, change: ExperimentChange): void {
  const { database } = context
  switch (change.kind) {
    case 'rename':
      database.sql('UPDATE experiment SET name = ? WHERE id = ?').run(change.name, id)
      return
    case 'move':
      database.sql('UPDATE experiment SET folder = ? WHERE id = ?').run(change.folder, id)
      return
    case 'set-tag':
      setTag(context, id, change.key, change.value)
      return
    case 'delete-tag': {
      const gone = database.sql('DELETE FROM experiment_tag WHERE experiment = ? AND key = ?').run(id, change.key)
      if (gone.changes === 0) throw notFound('tag', change.key, { experimentId: String(id) })
      return
    }
    case 'delete':
      deleteWithRuns(context, id)
      return
    case 'restore':
      restoreWithRuns(context, id)
  }
}

function deleteWithRuns({ database, now }: TrackingContext, id: number): void {
  database.sql("UPDATE experiment SET stage = 'deleted', deleted_at = ? WHERE id = ?").run(now(), id)
  database
    .sql(
      `UPDATE run SET stage = 'deleted', deleted_at = ?, deleted_with_experiment = 1
       WHERE experiment = ? AND stage = 'active'`,
    )
    .run(now(), id)
}

function restoreWithRuns({ database }: TrackingContext, id: number): void {
  database.sql("UPDATE experiment SET stage = 'active', deleted_at = NULL WHERE id = ?").run(id)
  database
    .sql(
      `UPDATE run SET stage = 'active', deleted_at = NULL, deleted_with_experiment = 0
       WHERE experiment = ? AND stage = 'deleted' AND deleted_with_experiment = 1`,
    )
    .run(id)
}

function refuseTakenName({ database }: TrackingContext, name: string): void {
  const taken = database.sql('SELECT id, stage FROM experiment WHERE name = ?').get(name)
  if (taken === undefined) return
  throw alreadyExists('experiment', name, taken['stage'] === 'deleted' ? ', deleted: restore or purge it' : '')
}

function setTag({ database }: TrackingContext, id: number, key: string, value: string): void {
  database
    .sql(
      `INSERT INTO experiment_tag (experiment, key, value) VALUES (?, ?, ?)
       ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value`,
    )
    .run(id, key, value)
}
