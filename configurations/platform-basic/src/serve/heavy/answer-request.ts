import { join } from 'node:path'

import { createDetectionRoutes, createInferenceRoutes } from '@nomaly/ai-anomaly-detection/http'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'
import { createBasicDataConfiguration } from '@nomaly/configuration-data-basic'
import { createFileTables, readFolderDatasets } from '@nomaly/integration-files'
import type { CloudEvent, JobContext } from '@nomaly/integration-sqlite'
import { Hono } from 'hono'

import { nomalyVersion } from '../../version.ts'
import { sourceIn } from '../kept-source.ts'
import { resultsIn } from '../open-results.ts'
import { refusalOf } from '../problem.ts'

/** A request as it comes to a thread. */
export interface ThreadRequest {
  readonly dataPath: string
  readonly threads: number
  readonly url: string
  /** Of its content. */
  readonly type: string | undefined
  /** Undefined for a GET. */
  readonly text: string | undefined
}

/** An answer as it comes back. */
export interface ThreadResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  /** From the request to the answer, on the thread. */
  readonly durationMs: number
}

let opened: Promise<{ readonly routes: Hono; readonly events: CloudEvent[] }> | undefined

/** On a thread of `nomaly serve`: what the routes of detection, profiling and quality answer. One request at a time. */
export async function answerRequest(
  { url, type, text, ...where }: ThreadRequest,
  { signal, emit }: JobContext,
): Promise<ThreadResponse> {
  const { routes, events } = await (opened ??= open(where))
  events.length = 0
  const start = performance.now()
  const headers = type === undefined ? undefined : { 'content-type': type }
  const answer = await routes.fetch(
    new Request(url, {
      ...(text !== undefined && { method: 'POST', body: text }),
      signal,
      ...(headers && { headers }),
    }),
  )
  for (const event of events) emit(event)
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: new Uint8Array(await answer.arrayBuffer()),
    durationMs: performance.now() - start,
  }
}

// Kept from one request to the next, with the models that were read.
async function open({ dataPath, threads }: Pick<ThreadRequest, 'dataPath' | 'threads'>) {
  const events: CloudEvent[] = []
  const publish = async (event: CloudEvent): Promise<void> => void events.push(event)
  const services = createBasicAnomalyDetectionConfiguration({ dataPath, threads, events: { publish } }).createServices()
  const datasets = readFolderDatasets({ folder: join(dataPath, 'datasets'), tables: createFileTables() })
  const detectionRoutes = createDetectionRoutes({
    ...services,
    explaining: services.explanation,
    results: resultsIn({ dataPath, threads, publish }),
    openDataset: (id, signal) => datasets.open(id, undefined, signal),
  })
  const data = createBasicDataConfiguration({ dataPath, events: { publish } }).createServices()
  const sourceOf = sourceIn(datasets)
  const routes = new Hono()
  routes.route('/api/v1', detectionRoutes)
  routes.route('/api/v1', await data.routes.profiling({ sourceOf }))
  routes.route('/api/v1/quality', await data.routes.quality({ sourceOf }))
  routes.route('/v2', createInferenceRoutes({ ...services, server: { name: 'nomaly', version: nomalyVersion() } }))
  routes.onError((error) => {
    const refused = refusalOf(error)
    if (refused === undefined) throw error
    return refused
  })
  return { routes, events }
}
