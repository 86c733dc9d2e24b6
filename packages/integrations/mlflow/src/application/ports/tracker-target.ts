import type { ArtifactStore } from './artifact-store.ts'
import type { ExperimentStore } from './experiment-store.ts'
import type { LoggedModelStore } from './logged-model-store.ts'
import type { ModelVersionStore } from './model-version-store.ts'
import type { RegisteredModelStore } from './registered-model-store.ts'
import type { RunLog } from './run-log.ts'
import type { RunStore } from './run-store.ts'

/** Where a copy goes: a tracker of this package's users, or a remote MLflow. */
export interface TrackerTarget {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly loggedModels: LoggedModelStore
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
  readonly artifacts: ArtifactStore
}
