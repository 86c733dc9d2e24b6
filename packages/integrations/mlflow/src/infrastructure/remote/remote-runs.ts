import { z } from 'zod'

import type { RunStore } from '../../application/ports/run-store.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { Run, RunChange } from '../../domain/run.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { notSupported, orUndefined, pairsOf, remoteSearch, viewName } from './remote-search.ts'
import { run } from './run-answer.ts'

const one = z.object({ run })

/** Runs of a remote MLflow. It moves none: that is `not-supported`. */
export function remoteRuns(connection: MlflowConnection): RunStore {
  const get = async (id: string): Promise<Run> => (await connection.call('GET', 'runs/get', { run_id: id }, one)).run
  return {
    create: async ({ experimentId, name, userId, startedAt, tags = {} }) => {
      const fields = {
        experiment_id: experimentId,
        start_time: startedAt ?? connection.now(),
        tags: pairsOf(tags),
        ...(name === undefined ? {} : { run_name: name }),
        ...(userId === undefined ? {} : { user_id: userId }),
      }
      return (await connection.call('POST', 'runs/create', fields, one)).run
    },
    find: (id) => orUndefined(get(id)),
    change: async (id, change) => {
      const [path, fields] = callOf(change)
      await connection.call('POST', `runs/${path}`, { run_id: id, ...fields }, answers.nothing)
      return get(id)
    },
    search: (query) =>
      remoteSearch(connection, query, {
        method: 'POST',
        path: 'runs/search',
        member: 'runs',
        item: run,
        longest: 50_000,
        fields: { experiment_ids: query.experimentIds, run_view_type: viewName(query) },
      }),
  }
}

function callOf(change: RunChange): readonly [string, object] {
  switch (change.kind) {
    case 'update': {
      const { status, endedAt, name } = change
      refuseUnknown(status, endedAt)
      return ['update', { status, end_time: endedAt, run_name: name }]
    }
    case 'delete-tag':
      return ['delete-tag', { key: change.key }]
    case 'move':
      return notSupported('way to move runs')
    case 'delete':
    case 'restore':
      return [change.kind, {}]
  }
}

const STATUSES: ReadonlyArray<string> = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** MLflow ignores a status that it does not know and keeps any time, and says nothing. */
function refuseUnknown(status: string | undefined, endedAt: number | undefined): void {
  const [field, found] = status !== undefined && !STATUSES.includes(status) ? ['status', status] : ['endedAt', endedAt]
  if (found === undefined || (typeof found === 'number' && Number.isSafeInteger(found) && found >= 0)) return
  const right = field === 'status' ? `one of ${STATUSES.join(', ')}` : 'epoch milliseconds from 0 on'
  const message = `${field}: must be ${right}, not ${found}`
  throw new MlflowError('mlflow/invalid-argument', message, { field, found })
}
