import type { RunStore } from '../../../application/ports/run-store.ts'
import { checkOneOf, checkText, checkWhole } from '../../../domain/checks/text.ts'
import { checkNewRun } from '../../../domain/checks/things.ts'
import { limits } from '../../../domain/limits.ts'
import { isDeleted, notFound } from '../../../domain/refusals.ts'
import { type NewRun, type Run, type RunChange, runStatuses } from '../../../domain/run.ts'
import type { SqlRow } from '../driver.ts'
import { searchRuns } from '../search/search-runs.ts'
import { activeExperimentRow, locationOf } from './experiment-rows.ts'
import { runNameOf } from './run-name.ts'
import { findRunRow, runsOf } from './run-rows.ts'
import { RUN_NAME_TAG, deleteRunTag, setRunTag } from './run-tags.ts'
import { tellFinished } from './tell-finished.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Runs in the file. */
export function createRunStore(context: TrackingContext): RunStore {
  const { database } = context
  return {
    create: async (run) => {
      checkNewRun(run)
      return database.write(() => insertRun(context, run))
    },
    find: (id) =>
      database.read(() => {
        const row = findRunRow(context, id)
        return row === undefined ? undefined : runsOf(context, [row])[0]
      }),
    change: async (id, change) => {
      checkChange(change)
      return database.write(() => changeRun(context, id, change))
    },
    search: (query) => database.read(() => searchRuns(context, query)),
  }
}

function insertRun(context: TrackingContext, run: NewRun): Run {
  const { database, newId, now } = context
  const experiment = activeExperimentRow(context, run.experimentId)
  const runId = newId()
  const tags = run.tags ?? {}
  const name = run.name || tags[RUN_NAME_TAG] || runNameOf(runId)
  const id = database
    .sql(
      `INSERT INTO run (run_id, experiment, name, user_id, status, started_at, artifact_location)
       VALUES (?, ?, ?, ?, 'RUNNING', ?, ?)`,
    )
    .run(
      runId,
      Number(experiment['id']),
      name,
      run.userId ?? '',
      run.startedAt ?? now(),
      `${locationOf(context, experiment)}/${runId}/artifacts`,
    ).lastRowId
  for (const [key, value] of Object.entries(tags)) setRunTag(context, id, key, value)
  setRunTag(context, id, RUN_NAME_TAG, name)
  return existing(context, runId)
}

function existing(context: TrackingContext, id: string): Run {
  const [run] = runsOf(context, [existingRow(context, id)])
  if (run === undefined) throw notFound('run', id)
  return run
}

function existingRow(context: TrackingContext, id: string): SqlRow {
  const row = findRunRow(context, id)
  if (row === undefined) throw notFound('run', id)
  return row
}

function checkChange(change: RunChange): void {
  if (change.kind !== 'update') return
  if (change.name !== undefined) checkText('name', change.name, 0, limits.runName)
  if (change.endedAt !== undefined) checkWhole('endedAt', change.endedAt, 0)
  if (change.status !== undefined) checkOneOf('status', change.status, runStatuses)
}

function changeRun(context: TrackingContext, runId: string, change: RunChange): Run {
  const row = existingRow(context, runId)
  const id = Number(row['id'])
  if (row['stage'] !== 'active' && change.kind !== 'delete' && change.kind !== 'restore') throw isDeleted('run', runId)
  switch (change.kind) {
    case 'update':
      updateRun(context, id, change)
      break
    case 'delete-tag':
      if (!deleteRunTag(context, id, change.key)) throw notFound('tag', change.key, { runId })
      break
    case 'move':
      moveRun(context, id, change.experimentId)
      break
    case 'delete':
      if (row['stage'] === 'active') setStage(context, id, 'deleted')
      break
    case 'restore':
      if (row['stage'] !== 'active') setStage(context, id, 'active')
  }
  const run = existing(context, runId)
  if (run.status !== row['status']) tellFinished(context, run)
  return run
}

function updateRun(
  context: TrackingContext,
  id: number,
  { status, endedAt, name }: Extract<RunChange, { readonly kind: 'update' }>,
): void {
  const { database, now, compactAfterMs } = context
  if (status !== undefined) {
    const open = status === 'RUNNING' || status === 'SCHEDULED'
    database
      .sql('UPDATE run SET status = ?, compact_after = ? WHERE id = ?')
      .run(status, open ? null : now() + compactAfterMs, id)
  }
  if (endedAt !== undefined) database.sql('UPDATE run SET ended_at = ? WHERE id = ?').run(endedAt, id)
  if (name !== undefined && name !== '') setRunTag(context, id, RUN_NAME_TAG, name)
}

function moveRun(context: TrackingContext, id: number, experimentId: string): void {
  const experiment = activeExperimentRow(context, experimentId)
  context.database.sql('UPDATE run SET experiment = ? WHERE id = ?').run(Number(experiment['id']), id)
}

function setStage({ database, now }: TrackingContext, id: number, stage: 'active' | 'deleted'): void {
  database
    .sql('UPDATE run SET stage = ?, deleted_at = ?, deleted_with_experiment = 0 WHERE id = ?')
    .run(stage, stage === 'deleted' ? now() : null, id)
}
