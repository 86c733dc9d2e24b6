import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'

import type { ArtifactStore } from '../application/ports/artifact-store.ts'
import type { ExperimentStore } from '../application/ports/experiment-store.ts'
import type { LoggedModelStore } from '../application/ports/logged-model-store.ts'
import type { MetricSampler } from '../application/ports/metric-sampler.ts'
import type { Purger } from '../application/ports/purger.ts'
import type { RunLog } from '../application/ports/run-log.ts'
import type { RunStore } from '../application/ports/run-store.ts'
import { createArtifactStore } from './artifacts/artifact-store.ts'
import { createFileBlobStore } from './artifacts/file-blob-store.ts'
import { createMemoryBlobStore } from './artifacts/memory-blob-store.ts'
import { Database } from './sqlite/database.ts'
import { type DeploymentStores, createDeploymentStores } from './sqlite/deployment/deployment-stores.ts'
import type { SqlDriver } from './sqlite/driver.ts'
import { createMonitoringStores, type MonitoringStores } from './sqlite/monitoring/monitoring-stores.ts'
import { createPipelineStores, type PipelineStores } from './sqlite/pipelines/pipeline-stores.ts'
import { createPurger } from './sqlite/purge/purger.ts'
import { type RegistryStores, type WebhookOptions, createRegistryStores } from './sqlite/registry/registry-stores.ts'
import { Compaction } from './sqlite/tracking/compaction.ts'
import { createExperimentStore } from './sqlite/tracking/experiment-store.ts'
import { createLoggedModelStore } from './sqlite/tracking/logged-model-store.ts'
import { createMetricSampler } from './sqlite/tracking/metric-sampler.ts'
import { createRunLog } from './sqlite/tracking/run-log.ts'
import { createRunStore } from './sqlite/tracking/run-store.ts'
import type { TrackingContext } from './sqlite/tracking/tracking-context.ts'
import { Words } from './sqlite/tracking/words.ts'

/** How a store is opened. */
export interface MlopsStoreOptions {
  /** A file, made when absent, or `:memory:`. */
  readonly path: string
  /**
   * True: what was acknowledged is on the disk, also after a power cut; costs one fsync a turn of the event loop. False,
   * the default: it survives the end of the process, however it comes, but a power cut may take the last writes.
   */
  readonly durable?: boolean
  /** URI under which new experiments keep artifacts; default `mlflow-artifacts:`. */
  readonly artifactRoot?: string
  /** Where the bytes of artifacts are; default the folder `artifacts` beside the file, and memory for `:memory:`. */
  readonly artifactFolder?: string
  /** Opens the connection; Node's own SQLite by default. */
  readonly open?: (path: string) => SqlDriver
  /** Epoch milliseconds; the system's clock by default. */
  readonly now?: () => number
  /** 32 hexadecimal digits, never the same twice; random by default. */
  readonly newId?: () => string
  /** Milliseconds that a finished run's series stay as they are before they are compacted; default 60,000. */
  readonly compactAfterMs?: number
  /**
   * Whether model versions may point to any path of this machine. False by default: then a caller over the network
   * cannot make others read files that are not artifacts.
   */
  readonly allowLocalSources?: boolean
  /** By default webhooks may call public https addresses only, and their secrets are not encrypted. */
  readonly webhooks?: WebhookOptions
}

/** All that one file keeps. */
export interface MlopsStore extends RegistryStores, DeploymentStores, MonitoringStores, PipelineStores {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly sampler: MetricSampler
  readonly loggedModels: LoggedModelStore
  readonly artifacts: ArtifactStore
  readonly purger: Purger
  /** Compacts the series of all finished runs at once instead of in the background; answers how many points. */
  readonly compact: () => Promise<number>
  /** Copies the whole file while reads and writes go on; artifacts are files, which any tool copies. */
  readonly backup: (path: string) => Promise<void>
  /** Writes what waits, then closes the file. */
  readonly close: () => Promise<void>
}

/**
 * Opens a store of experiments, runs and models in one SQLite file. Several processes may open the same one.
 * @throws MlopsError `mlops/unsupported-format`, `mlops/corrupt-store`, `mlops/storage-failed`
 */
export function openMlopsStore(options: MlopsStoreOptions): MlopsStore {
  const database = new Database(options)
  const context: TrackingContext = {
    database,
    words: new Words(database),
    artifactRoot: (options.artifactRoot ?? 'mlflow-artifacts:').replace(/\/+$/, ''),
    now: options.now ?? Date.now,
    newId: options.newId ?? (() => randomBytes(16).toString('hex')),
    compactAfterMs: options.compactAfterMs ?? 60_000,
  }
  const memory = options.path === ':memory:' && options.artifactFolder === undefined
  const folder = options.artifactFolder ?? join(dirname(options.path), 'artifacts')
  const blobs = memory ? createMemoryBlobStore() : createFileBlobStore(folder, options.durable === true)
  const compaction = new Compaction(context)
  compaction.start()
  return {
    experiments: createExperimentStore(context),
    runs: createRunStore(context),
    log: createRunLog(context),
    sampler: createMetricSampler(context),
    loggedModels: createLoggedModelStore(context),
    ...createRegistryStores({ ...context, allowLocalSources: options.allowLocalSources ?? false }, options.webhooks),
    ...createDeploymentStores(context),
    ...createMonitoringStores(context),
    ...createPipelineStores(context),
    artifacts: createArtifactStore({ ...context, blobs }),
    purger: createPurger({ ...context, blobs }),
    compact: () => compaction.run(Number.MAX_SAFE_INTEGER),
    backup: (path) => database.backup(path),
    close: async () => {
      await compaction.stop()
      await database.close()
    },
  }
}
