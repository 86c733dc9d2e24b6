import type { EventDispatcher, ExperimentTracker } from '@nomaly/ai-mlops'
import type { MlopsCommandServices } from '@nomaly/ai-mlops/cli'
import { createBasicMlopsConfiguration, type MlflowServices } from '@nomaly/configuration-mlops-basic'

/** What the commands about runs and models work with. */
export interface OpenedMlops {
  readonly services: MlopsCommandServices
  readonly mlflow: MlflowServices
  readonly tracker: ExperimentTracker
  readonly close: () => Promise<void>
}

/** Where things are, and whom webhooks may call. */
export interface MlopsPlaces {
  readonly dataPath: string
  readonly artifactFolder?: string | undefined
  readonly allowLocalWebhooks?: boolean | undefined
}

/** Wires MLOps over the data folder. @param warn - told of faults that no caller sees */
export function openMlops(
  { dataPath, artifactFolder, allowLocalWebhooks = false }: MlopsPlaces,
  warn: (text: string) => void,
): OpenedMlops {
  const configuration = createBasicMlopsConfiguration({
    dataPath,
    artifactFolder,
    webhooks: { allowHttp: allowLocalWebhooks, allowPrivateAddresses: allowLocalWebhooks },
    onError: (error) => warn(error instanceof Error ? error.message : String(error)),
  })
  const { experimentTracker, modelRegistry, store, artifactStore, mlflow, events } = configuration.createServices()
  return {
    services: { ...store, artifacts: artifactStore, tracker: experimentTracker, registry: modelRegistry },
    mlflow: { ...mlflow, serve: (options) => serveAndDeliver({ mlflow, events }, options) },
    tracker: experimentTracker,
    close: () => configuration.close(),
  }
}

// Whoever registers a webhook through the API expects calls for as long as it is served.
async function serveAndDeliver(
  { mlflow, events }: { readonly mlflow: MlflowServices; readonly events: EventDispatcher },
  options: Parameters<MlflowServices['serve']>[0],
): ReturnType<MlflowServices['serve']> {
  const server = await mlflow.serve(options)
  await events.start()
  return {
    url: server.url,
    close: async () => {
      await server.close()
      await events.stop()
    },
  }
}
