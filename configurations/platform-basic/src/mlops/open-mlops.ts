import type { ExperimentTracker } from '@nomaly/ai-mlops'
import type { MlopsCommandServices } from '@nomaly/ai-mlops/cli'
import { createBasicMlopsConfiguration, type MlflowServices } from '@nomaly/configuration-mlops-basic'

/** What the commands about runs and models work with. */
export interface OpenedMlops {
  readonly services: MlopsCommandServices
  readonly mlflow: MlflowServices
  readonly tracker: ExperimentTracker
  readonly close: () => Promise<void>
}

/** Wires MLOps over the data folder. @param warn - told of faults that no caller sees */
export function openMlops(
  { dataPath, artifactFolder }: { readonly dataPath: string; readonly artifactFolder: string | undefined },
  warn: (text: string) => void,
): OpenedMlops {
  const configuration = createBasicMlopsConfiguration({
    dataPath,
    artifactFolder,
    onError: (error) => warn(error instanceof Error ? error.message : String(error)),
  })
  const { experimentTracker, modelRegistry, store, artifactStore, mlflow } = configuration.createServices()
  return {
    services: { ...store, artifacts: artifactStore, tracker: experimentTracker, registry: modelRegistry },
    mlflow,
    tracker: experimentTracker,
    close: () => configuration.close(),
  }
}
