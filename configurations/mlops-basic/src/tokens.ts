import type {
  ArtifactStore,
  Deployments,
  EventDispatcher,
  EventHandler,
  ExperimentTracker,
  ModelMonitor,
  ModelRegistry,
  PipelineRunner,
  PredictorSource,
  RunObserver,
  Webhooks,
} from '@nomaly/ai-mlops'
import type { MlopsStore } from '@nomaly/ai-mlops/node'
import type { ServiceIdentifier } from 'inversify'

import type { Closing } from './closing.ts'
import type { MlflowServices } from './mlflow-services.ts'
import type { ResolvedBasicMlopsOptions } from './options.ts'

/** What every service of this configuration is asked for, and bound, with. */
export const tokens: {
  readonly options: ServiceIdentifier<ResolvedBasicMlopsOptions>
  /** Epoch milliseconds. */
  readonly clock: ServiceIdentifier<() => number>
  readonly ids: ServiceIdentifier<() => string>
  /** In [0, 1). */
  readonly random: ServiceIdentifier<() => number>
  /** What has to be closed. */
  readonly closing: ServiceIdentifier<Closing>
  readonly store: ServiceIdentifier<MlopsStore>
  readonly artifactStore: ServiceIdentifier<ArtifactStore>
  /** Watch each run of the tracker. */
  readonly observers: ServiceIdentifier<ReadonlyArray<RunObserver>>
  readonly experimentTracker: ServiceIdentifier<ExperimentTracker>
  readonly modelRegistry: ServiceIdentifier<ModelRegistry>
  readonly monitor: ServiceIdentifier<ModelMonitor>
  readonly pipelines: ServiceIdentifier<PipelineRunner>
  readonly predictors: ServiceIdentifier<PredictorSource>
  readonly deployments: ServiceIdentifier<Deployments>
  readonly webhooks: ServiceIdentifier<Webhooks>
  /** Who is told of events in this process; none by default. */
  readonly handlers: ServiceIdentifier<ReadonlyArray<EventHandler>>
  readonly events: ServiceIdentifier<EventDispatcher>
  readonly mlflow: ServiceIdentifier<MlflowServices>
} = {
  options: token('options'),
  clock: token('clock'),
  ids: token('ids'),
  random: token('random'),
  closing: token('closing'),
  store: token('store'),
  artifactStore: token('artifactStore'),
  observers: token('observers'),
  experimentTracker: token('experimentTracker'),
  modelRegistry: token('modelRegistry'),
  monitor: token('monitor'),
  pipelines: token('pipelines'),
  predictors: token('predictors'),
  deployments: token('deployments'),
  webhooks: token('webhooks'),
  handlers: token('handlers'),
  events: token('events'),
  mlflow: token('mlflow'),
}

function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@nomaly/configuration-mlops-basic/${name}`)
}
