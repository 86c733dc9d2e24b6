import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { type MlopsStore, openMlopsStore } from '@nomaly/ai-mlops/node'
import { createMlflowRoutes, type MlflowRoutesOptions, type TrackerPorts } from '@nomaly/integration-mlflow/http'
import { folderArtifacts, serveRoutes } from '@nomaly/integration-mlflow/node'

/** Our tracker behind our routes, on a free port of this machine. */
export interface TrackerServer {
  readonly url: string
  readonly store: MlopsStore
  readonly ports: TrackerPorts
  /** What was answered with 500. */
  readonly faults: ReadonlyArray<unknown>
  readonly close: () => Promise<void>
}

/** How the tracker keeps what it is given. */
export interface TrackerServerOptions {
  readonly routes?: MlflowRoutesOptions
  /** True: clients write artifacts to the disk themselves. */
  readonly isFileRoot?: boolean
}

/** Starts a tracker with everything in a new folder, which `close` removes. */
export async function startTracker({
  routes = {},
  isFileRoot = false,
}: TrackerServerOptions = {}): Promise<TrackerServer> {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-tracker-'))
  const files = join(folder, 'files')
  const fileRoot = pathToFileURL(files).href
  const store = openMlopsStore({ path: join(folder, 'tracker.db'), ...(isFileRoot ? { artifactRoot: fileRoot } : {}) })
  const faults: unknown[] = []
  const ports = isFileRoot ? { ...store, artifacts: folderArtifacts(files) } : store
  const app = createMlflowRoutes({
    ...ports,
    options: { ...(isFileRoot ? { fileRoot } : {}), onFault: (fault) => faults.push(fault), ...routes },
  })
  const server = await serveRoutes(app)
  return {
    url: server.url,
    store,
    ports,
    faults,
    close: async () => {
      await server.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
