import type { ArtifactStore } from '../../application/ports/artifact-store.ts'
import type { ExperimentStore } from '../../application/ports/experiment-store.ts'
import type { LoggedModelStore } from '../../application/ports/logged-model-store.ts'
import type { MetricSampler } from '../../application/ports/metric-sampler.ts'
import type { ModelVersionStore } from '../../application/ports/model-version-store.ts'
import type { RegisteredModelStore } from '../../application/ports/registered-model-store.ts'
import type { RunLog } from '../../application/ports/run-log.ts'
import type { RunStore } from '../../application/ports/run-store.ts'
import type { WebhookStore, WebhookTester } from '../../application/ports/webhook-store.ts'

/** What the routes serve: any tracker, registry and artifact store of this shape. */
export interface TrackerPorts {
  readonly experiments: ExperimentStore
  readonly runs: RunStore
  readonly log: RunLog
  readonly sampler: MetricSampler
  readonly loggedModels: LoggedModelStore
  readonly registeredModels: RegisteredModelStore
  readonly modelVersions: ModelVersionStore
  readonly artifacts: ArtifactStore
  /** Without it there are no endpoints for webhooks. */
  readonly webhooks?: WebhookStore
  /** Without it webhooks cannot be tried. */
  readonly webhookTester?: WebhookTester
}
