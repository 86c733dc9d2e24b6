import type { ArtifactStore } from '../ports/artifact-store.ts'
import type { ExperimentStore } from '../ports/experiment-store.ts'
import type { LoggedModelStore } from '../ports/logged-model-store.ts'
import type { RunLog } from '../ports/run-log.ts'
import type { RunObserver } from '../ports/run-observer.ts'
import type { RunStore } from '../ports/run-store.ts'

/** What a tracker writes to. A store opened by `openMlopsStore` has all of it; so has a remote MLflow. */
export interface TrackerDeps {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly artifacts: ArtifactStore
  readonly loggedModels: LoggedModelStore
  /** URI of the root of `artifacts`, without a trailing `/`; default `mlflow-artifacts:`. */
  readonly artifactRoot?: string
  /** Watch every run of the tracker. */
  readonly observers?: ReadonlyArray<RunObserver>
  /** Whose runs these are; default ''. */
  readonly userId?: string
  /** Epoch milliseconds; the system's clock by default. */
  readonly now?: () => number
  /** Milliseconds that what is logged may wait for more of it; default 50. `flush` and `end` do not wait. */
  readonly flushAfterMs?: number
}
