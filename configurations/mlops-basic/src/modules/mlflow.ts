import { stat } from 'node:fs/promises'

import type { ArtifactStore, Webhooks } from '@nomaly/ai-mlops'
import type { MlopsStore } from '@nomaly/ai-mlops/node'
import { ContainerModule } from 'inversify'

import type { Closing } from '../closing.ts'
import type { CopyOptions, MlflowServices } from '../mlflow-services.ts'
import type { ResolvedBasicMlopsOptions } from '../options.ts'
import { tokens } from '../tokens.ts'

/** MLflow's REST API over the store, import and export. */
export const mlflowModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.mlflow)
    .toResolvedValue(mlflowServices, [
      tokens.store,
      tokens.artifactStore,
      tokens.webhooks,
      tokens.options,
      tokens.closing,
    ])
    .inSingletonScope()
})

function mlflowServices(
  store: MlopsStore,
  artifacts: ArtifactStore,
  webhooks: Webhooks,
  { onError }: ResolvedBasicMlopsOptions,
  closing: Closing,
): MlflowServices {
  const tracker = { ...store, artifacts }
  const routes: MlflowServices['routes'] = async (options = {}) => {
    const { createMlflowRoutes } = await import('@nomaly/integration-mlflow/http')
    return createMlflowRoutes({ ...tracker, webhookTester: webhooks, options: { onFault: onError, ...options } })
  }
  return {
    routes,
    serve: async ({ routes: options, ...where } = {}) => {
      const { serveRoutes } = await import('@nomaly/integration-mlflow/node')
      const server = await serveRoutes(await routes(options), where)
      closing.onClose(server.close)
      return server
    },
    importFrom: async (path, { artifactRoot, ...options } = {}) => {
      const { mlflowDbSource, mlrunsSource } = await import('@nomaly/integration-mlflow/node')
      const isFile = await stat(path).then(
        (found) => found.isFile(),
        () => /\.(db|sqlite3?)$/i.test(path), // the source says what is wrong with it
      )
      const from = artifactRoot === undefined ? {} : { artifactRoot }
      const source = isFile ? mlflowDbSource(path, from) : mlrunsSource(path, from)
      const { CopyTracker } = await import('@nomaly/integration-mlflow')
      return new CopyTracker({ source, target: tracker, ...given(options) }).run()
    },
    exportTo: async (server, options = {}) => {
      const { connectMlflow, CopyTracker, trackerAsSource } = await import('@nomaly/integration-mlflow')
      const target = connectMlflow(server)
      return new CopyTracker({ source: trackerAsSource(tracker), target, ...given(options) }).run()
    },
  }
}

function given({ onProgress, signal }: CopyOptions): {
  readonly onProgress?: (what: string) => void
  readonly signal?: AbortSignal
} {
  return { ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) }
}
