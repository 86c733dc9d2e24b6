import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import { type EventPublisher, GiveFeedback } from '@nomaly/ai-anomaly-detection'
import type { ResultRoutesDeps } from '@nomaly/ai-anomaly-detection/http'
import { createFolderFeedbackStore, createFolderResultStore, processClock } from '@nomaly/ai-anomaly-detection/node'
import type { JobLog } from '@nomaly/integration-sqlite'

/** Opens the kept results under the data folder; what jobs that have ended left half done is removed. */
export async function openResults({
  dataPath,
  publish,
  jobs,
}: {
  readonly dataPath: string
  readonly publish: EventPublisher['publish']
  readonly jobs: Pick<JobLog, 'list'>
}): Promise<ResultRoutesDeps> {
  const folder = join(dataPath, 'results')
  const store = createFolderResultStore({ folder })
  const feedback = createFolderFeedbackStore({ folder })
  const unfinished = new Set([...(await idsOf(jobs, 'waiting')), ...(await idsOf(jobs, 'running'))])
  await store.sweep((id) => unfinished.has(id))
  const giving = new GiveFeedback({
    results: store,
    feedback,
    events: { publish },
    clock: processClock,
    ids: { next: randomUUID },
  })
  return { store, feedback, giving }
}

async function idsOf({ list }: Pick<JobLog, 'list'>, state: 'waiting' | 'running'): Promise<ReadonlyArray<string>> {
  const ids: string[] = []
  for (let pageToken: string | undefined; ;) {
    const page = await list({ state, type: 'detect', limit: 1000, ...(pageToken !== undefined && { pageToken }) })
    ids.push(...page.items.map(({ id }) => id))
    if (page.next === undefined) return ids
    pageToken = page.next
  }
}
