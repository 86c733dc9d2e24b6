import type { EventPublisher } from '@nomaly/ai-anomaly-detection'
import type { ResultRoutesDeps } from '@nomaly/ai-anomaly-detection/http'
import type { FolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'
import type { JobLog } from '@nomaly/integration-sqlite'

import { nomalyVersion } from '../version.ts'

interface ResultsOptions {
  readonly dataPath: string
  readonly threads: number
  readonly publish: EventPublisher['publish']
}

/** Opens the kept results under the data folder; what jobs that have ended left half done is removed. */
export async function openResults({
  jobs,
  ...options
}: ResultsOptions & { readonly jobs: Pick<JobLog, 'list'> }): Promise<ResultRoutesDeps> {
  const { store, ...rest } = resultsIn(options)
  const unfinished = new Set([...(await idsOf(jobs, 'waiting')), ...(await idsOf(jobs, 'running'))])
  await store.sweep((id) => unfinished.has(id))
  return { store, ...rest }
}

/** The kept results under the data folder, as they are. */
export function resultsIn({
  publish,
  ...where
}: ResultsOptions): ResultRoutesDeps & { readonly store: FolderResultStore } {
  const services = createBasicAnomalyDetectionConfiguration({ ...where, events: { publish } }).createServices()
  const { results: store, feedback, reviewing: giving } = services
  const events = { publish: async () => undefined } // of a detection that is made once more nobody is told
  const quiet = createBasicAnomalyDetectionConfiguration({ ...where, events }).createServices()
  return { store, feedback, giving, explaining: quiet.explanation, version: nomalyVersion() }
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
