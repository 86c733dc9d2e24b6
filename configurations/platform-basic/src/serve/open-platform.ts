import { randomUUID } from 'node:crypto'
import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { createDetectionRoutes, createInferenceRoutes } from '@nomaly/ai-anomaly-detection/http'
import { createBasicAnomalyDetectionConfiguration } from '@nomaly/configuration-anomaly-detection-basic'
import { createBasicMlopsConfiguration } from '@nomaly/configuration-mlops-basic'
import { createFileTables, openFolderDatasetStore } from '@nomaly/integration-files'
import { createDatasetRoutes } from '@nomaly/integration-files/http'

import { nomalyVersion } from '../version.ts'
import type { PlatformParts } from './platform-parts.ts'

/** What the platform is opened with. */
export interface OpenPlatformOptions {
  /** Everything is kept under it. */
  readonly dataPath: string
  readonly threads: number
  /** Told of faults that no caller sees. */
  readonly onFault: (error: unknown) => void
}

/** Opens all that `nomaly serve` answers with, over the data folder. */
export async function openPlatform({
  dataPath,
  threads,
  onFault,
}: OpenPlatformOptions): Promise<PlatformParts & { readonly close: () => Promise<void> }> {
  await mkdir(dataPath, { recursive: true })
  const detection = createBasicAnomalyDetectionConfiguration({ dataPath, threads })
  const mlops = createBasicMlopsConfiguration({ dataPath, onError: onFault })
  const services = detection.createServices()
  const { mlflow, events, store } = mlops.createServices()
  const tables = createFileTables()
  const datasets = await openFolderDatasetStore({
    folder: join(dataPath, 'datasets'),
    tables,
    now: Date.now,
    newId: randomUUID,
  })
  await events.start()
  const version = nomalyVersion()
  return {
    version,
    api: [
      createDatasetRoutes({ store: datasets }),
      createDetectionRoutes({
        ...services,
        explaining: services.explanation,
        openDataset: (id, signal) => datasets.open(id, undefined, signal),
      }),
    ],
    inference: createInferenceRoutes({ ...services, server: { name: 'nomaly', version } }),
    mlflow: await mlflow.routes(),
    checks: [
      { name: 'data folder', check: () => access(dataPath, constants.R_OK | constants.W_OK) },
      { name: 'data sets', check: async () => void (await datasets.list()) },
      { name: 'models', check: async () => void (await services.models.list()) },
      { name: 'mlops store', check: async () => void (await store.experiments.search({ limit: 1 })) },
    ],
    close: async () => {
      await events.stop()
      await mlops.close()
      await detection.close()
    },
  }
}
