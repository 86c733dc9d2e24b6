import { randomUUID } from 'node:crypto'
import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { createDetectionRoutes, createInferenceRoutes } from '@nomaly/ai-anomaly-detection/http'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'
import { createBasicDataConfiguration } from '@nomaly/configuration-data-basic'
import { createBasicMlopsConfiguration } from '@nomaly/configuration-mlops-basic'
import { createFileTables, openFolderDatasetStore } from '@nomaly/integration-files'
import { createDatasetRoutes } from '@nomaly/integration-files/http'
import {
  createAnalyticsRoutes,
  createAuditRoutes,
  createEventRoutes,
  createJobRoutes,
  createWebhookRoutes,
} from '@nomaly/integration-sqlite/http'

import { jobKinds } from '../jobs/job-kinds.ts'
import { COUNTED } from '../subscribers/count-events.ts'
import { nomalyVersion } from '../version.ts'
import { createDownloads } from './heavy/create-downloads.ts'
import { createHandOver } from './heavy/hand-over.ts'
import { sourceIn } from './kept-source.ts'
import { openOperations, type OperationsOptions } from './open-operations.ts'
import { openResults } from './open-results.ts'
import { openStreams } from './open-streams.ts'
import type { PlatformParts } from './platform-parts.ts'
import { createPromotionRoutes } from './promotion-routes.ts'

/** What the platform is opened with. */
export interface OpenPlatformOptions extends OperationsOptions {
  /** Everything is kept under it. */
  readonly dataPath: string
  /** Told of faults that no caller sees. */
  readonly onFault: (error: unknown) => void
  /** Aborted when the server is to end: streams end then. */
  readonly closing: AbortSignal
}

/** Opens all that `nomaly serve` answers with, over the data folder. */
export async function openPlatform(
  options: OpenPlatformOptions,
): Promise<PlatformParts & { readonly close: () => Promise<void> }> {
  const { dataPath, threads, onFault, closing, webhooks } = options
  await mkdir(dataPath, { recursive: true })
  const operations = openOperations(options)
  const { store: kept, publish } = operations
  const detection = createBasicAnomalyDetectionConfiguration({ dataPath, threads, events: { publish } })
  const data = createBasicDataConfiguration({ dataPath, events: { publish } })
  const mlops = createBasicMlopsConfiguration({
    dataPath,
    webhooks: {
      allowHttp: webhooks.allowLocal,
      allowPrivateAddresses: webhooks.allowLocal,
      secretKey: webhooks.secretKey,
    },
    events: { publish },
    onError: onFault,
  })
  const services = detection.createServices()
  const { profiles, suites, routes } = data.createServices()
  const { mlflow, events, modelRegistry, store } = mlops.createServices()
  const datasets = await openFolderDatasetStore({
    folder: join(dataPath, 'datasets'),
    tables: createFileTables(),
    now: Date.now,
    newId: randomUUID,
  })
  await events.start()
  const results = await openResults({ dataPath, threads: 1, publish, jobs: kept.log })
  await operations.start(datasets, store.archive)
  const streams = await openStreams({ dataPath, publish, onFault, closing })
  const downloads = createDownloads({ dataPath })
  const handOver = createHandOver({ dataPath, threads, publish })
  const sourceOf = sourceIn(datasets)
  const version = nomalyVersion()
  const detectionRoutes = createDetectionRoutes({
    ...services,
    explaining: services.explanation,
    results: { ...results, download: downloads.download },
    openDataset: (id, signal) => datasets.open(id, undefined, signal),
  })
  return {
    version,
    api: [
      { path: '/', routes: createDatasetRoutes({ store: datasets, onAdded: operations.uploaded }) },
      { path: '/', routes: streams.routes }, // before those whose limit of bodies holds for what comes after
      { path: '/', routes: detectionRoutes },
      { path: '/', routes: createJobRoutes({ ...kept, kinds: jobKinds }) },
      { path: '/', routes: createEventRoutes({ ...kept, closing }) },
      { path: '/', routes: createWebhookRoutes({ ...kept, calls: operations.webhooks }) },
      { path: '/', routes: createAuditRoutes(kept) },
      { path: '/', routes: createPromotionRoutes(modelRegistry) },
      { path: '/', routes: createAnalyticsRoutes({ ...kept, names: COUNTED }) },
      { path: '/', routes: await routes.profiling({ sourceOf }) },
      { path: '/quality', routes: await routes.quality({ sourceOf }) }, // its `/results` are not those of detection
    ],
    inference: createInferenceRoutes({ ...services, server: { name: 'nomaly', version } }),
    mlflow: await mlflow.routes(),
    checks: [
      { name: 'data folder', check: () => access(dataPath, constants.R_OK | constants.W_OK) },
      { name: 'data sets', check: async () => void (await datasets.list()) },
      { name: 'models', check: async () => void (await services.models.list()) },
      { name: 'results', check: async () => void (await results.store.list()) },
      streams.check,
      { name: 'jobs and events', check: async () => void (await kept.log.counts()) },
      { name: 'profiles', check: async () => void (await profiles.list({ limit: 1 })) },
      { name: 'suites', check: async () => void (await suites.list()) },
      { name: 'mlops store', check: async () => void (await store.experiments.search({ limit: 1 })) },
    ],
    handOver: handOver.middleware,
    jobCounts: () => kept.log.counts(),
    totals: () => kept.counters.totals(),
    streamCounts: streams.counts,
    audit: (draft) => kept.audit.append(draft),
    close: async () => {
      await streams.close()
      await downloads.close()
      await handOver.close()
      await operations.close()
      await events.stop()
      await mlops.close()
      await data.close()
      await detection.close()
    },
  }
}
