import { z } from 'zod'

import { type Endpoint, endpoint } from '../endpoint.ts'
import { field, named } from '../request/fields.ts'
import { experimentIdOf, maxResults } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { recordOf, some } from '../wire/plain.ts'
import { runInfoWire, runWire } from '../wire/run-wire.ts'
import { foundRun } from './found.ts'
import { cutTags } from './long-values.ts'
import { queryOf, viewOf, viewTypes } from './query.ts'

const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const id = { run_id: field.requiredText() }
const statuses = { RUNNING: 1, SCHEDULED: 2, FINISHED: 3, FAILED: 4, KILLED: 5 } as const
const path = (name: string): string => `/mlflow/runs/${name}`

/** Runs: create, read, search, change, delete, restore. */
export function runEndpoints(ports: TrackerPorts, isCutting: boolean): ReadonlyArray<Endpoint> {
  const { runs } = ports
  return [
    createRun(ports, isCutting),
    endpoint(
      'POST',
      path('update'),
      { ...id, status: named(statuses), end_time: field.int64(), run_name: field.text() },
      async ({ run_id, status, end_time, run_name }) => {
        const run = await runs.change(run_id, {
          kind: 'update',
          ...(status === undefined ? {} : { status }),
          ...(end_time === undefined ? {} : { endedAt: end_time }),
          ...(run_name === undefined || run_name === '' ? {} : { name: run_name }),
        })
        return { run_info: runInfoWire(run) }
      },
    ),
    ...(['delete', 'restore'] as const).map((kind) =>
      endpoint('POST', path(kind), id, async ({ run_id }) => {
        await runs.change(run_id, { kind })
        return {}
      }),
    ),
    endpoint('GET', path('get'), id, async ({ run_id }) => ({ run: runWire(await foundRun(ports, run_id)) })),
    endpoint('POST', path('delete-tag'), { ...id, key: field.requiredText() }, async ({ run_id, key }) => {
      await runs.change(run_id, { kind: 'delete-tag', key })
      return {}
    }),
    endpoint(
      'POST',
      path('search'),
      {
        experiment_ids: field.texts(),
        filter: field.text(),
        run_view_type: named(viewTypes),
        max_results: maxResults(50_000, 1000),
        order_by: field.texts(),
        page_token: field.text(),
      },
      async (request) => {
        const experimentIds = request.experiment_ids.map(experimentIdOf)
        const query = queryOf(request, viewOf(request.run_view_type))
        const { items, next } = await runs.search({ ...query, experimentIds })
        return { runs: some(items)?.map(runWire), next_page_token: next }
      },
    ),
  ]
}

function createRun({ runs }: TrackerPorts, isCutting: boolean): Endpoint {
  const shape = {
    experiment_id: field.textOr('0'),
    user_id: field.text(),
    run_name: field.text(),
    start_time: field.int64(),
    tags: field.list(pair),
  }
  return endpoint('POST', path('create'), shape, async (request) => {
    const { user_id: userId, run_name: name, start_time: startedAt } = request
    const run = await runs.create({
      experimentId: experimentIdOf(request.experiment_id === '' ? '0' : request.experiment_id),
      tags: recordOf(cutTags(request.tags, isCutting)),
      ...(userId === undefined ? {} : { userId }),
      ...(name === undefined || name === '' ? {} : { name }),
      ...(startedAt === undefined || startedAt === 0 ? {} : { startedAt }),
    })
    return { run: runWire(run) }
  })
}
