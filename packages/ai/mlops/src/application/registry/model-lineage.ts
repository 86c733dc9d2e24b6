import type { DatasetInput } from '../../domain/dataset-input.ts'
import type { LoggedModel } from '../../domain/logged-model.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { Run } from '../../domain/run.ts'
import type { ModelRegistryDeps } from './registry-deps.ts'

/** What a version comes from. */
export interface ModelLineage {
  /** The run that made it; absent when it was registered without one, or the run is gone. */
  readonly run?: Run
  readonly loggedModel?: LoggedModel
  /** The data that the run read. */
  readonly datasets: ReadonlyArray<DatasetInput>
  /** Logged models that the run read. */
  readonly modelInputs: ReadonlyArray<string>
}

/** A version's lineage to run, data and models. */
export async function modelLineage(
  { runs, loggedModels }: Pick<ModelRegistryDeps, 'runs' | 'loggedModels'>,
  { runId, modelId }: ModelVersion,
): Promise<ModelLineage> {
  const run = runId === undefined ? undefined : await runs.find(runId)
  const loggedModel = modelId === undefined ? undefined : await loggedModels.find(modelId)
  return {
    ...(run === undefined ? {} : { run }),
    ...(loggedModel === undefined ? {} : { loggedModel }),
    datasets: run?.datasetInputs ?? [],
    modelInputs: run?.modelInputs.map((input) => input.modelId) ?? [],
  }
}
