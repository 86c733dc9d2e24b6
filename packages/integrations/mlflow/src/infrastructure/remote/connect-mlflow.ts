import type { ArtifactStore } from '../../application/ports/artifact-store.ts'
import type { ExperimentStore } from '../../application/ports/experiment-store.ts'
import type { LoggedModelStore } from '../../application/ports/logged-model-store.ts'
import type { MetricSampler } from '../../application/ports/metric-sampler.ts'
import type { ModelVersionStore } from '../../application/ports/model-version-store.ts'
import type { RegisteredModelStore } from '../../application/ports/registered-model-store.ts'
import type { RunLog } from '../../application/ports/run-log.ts'
import type { RunStore } from '../../application/ports/run-store.ts'
import { MlflowConnection } from './mlflow-connection.ts'
import { remoteArtifacts } from './remote-artifacts.ts'
import { remoteExperiments } from './remote-experiments.ts'
import { remoteLoggedModels } from './remote-logged-models.ts'
import { remoteModelVersions } from './remote-model-versions.ts'
import { readyRemote, type RemoteMlflowOptions } from './remote-options.ts'
import { remoteRegisteredModels } from './remote-registered-models.ts'
import { remoteRunLog, remoteSampler } from './remote-run-log.ts'
import { remoteRuns } from './remote-runs.ts'

/** A tracker, registry and artifact store on an MLflow server. */
export interface RemoteMlflow {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly sampler: MetricSampler
  readonly loggedModels: LoggedModelStore
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
  readonly artifacts: ArtifactStore
}

/**
 * Uses an MLflow server of 2.x or 3.x, or any that speaks its REST API. Nothing is sent before the first call. What MLflow
 * cannot do (OR in filters, folders, moved runs) is refused by it or with `mlflow/not-supported`. Each call rejects with a
 * MlflowError whose code ends as the port says; `mlflow/unavailable` after the last attempt.
 * @throws MlflowError `mlflow/invalid-options`
 */
export function connectMlflow(options: RemoteMlflowOptions): RemoteMlflow {
  const connection = new MlflowConnection(readyRemote(options))
  return {
    experiments: remoteExperiments(connection),
    runs: remoteRuns(connection),
    log: remoteRunLog(connection),
    sampler: remoteSampler(connection),
    loggedModels: remoteLoggedModels(connection),
    registeredModels: remoteRegisteredModels(connection),
    modelVersions: remoteModelVersions(connection),
    artifacts: remoteArtifacts(connection),
  }
}
