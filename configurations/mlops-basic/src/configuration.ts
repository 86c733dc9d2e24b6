import type {
  ArtifactStore,
  Deployments,
  EventDispatcher,
  ExperimentTracker,
  ModelMonitor,
  ModelRegistry,
  PipelineRunner,
  Webhooks,
} from '@nomaly/ai-mlops'
import type { MlopsStore } from '@nomaly/ai-mlops/node'
import { Container, type ContainerModule } from 'inversify'

import type { MlflowServices } from './mlflow-services.ts'
import { deploymentModule } from './modules/deployment.ts'
import { environmentModule } from './modules/environment.ts'
import { eventsModule } from './modules/events.ts'
import { mlflowModule } from './modules/mlflow.ts'
import { storageModule } from './modules/storage.ts'
import { trackingModule } from './modules/tracking.ts'
import { type BasicMlopsOptions, parseBasicMlopsOptions } from './options.ts'
import { tokens } from './tokens.ts'

/** What the configuration hands out. */
export interface BasicMlopsServices {
  /** Starts runs, finds them and compares them. */
  readonly experimentTracker: ExperimentTracker
  /** Names for models and their versions, and who may get an alias. */
  readonly modelRegistry: ModelRegistry
  /** Files of runs and models, each different content once. */
  readonly artifactStore: ArtifactStore
  /** Watches what models are fed and what they answer. */
  readonly monitor: ModelMonitor
  /** Runs pipelines; each is tracked. */
  readonly pipelines: PipelineRunner
  /** Endpoints that versions of models answer behind, in this process. */
  readonly deployments: Deployments
  /** Delivers events to handlers and webhooks once it is started. */
  readonly events: EventDispatcher
  /** Tries webhooks; they are registered by `store.webhooks`. */
  readonly webhooks: Webhooks
  /** MLflow's REST API over the store, import and export. */
  readonly mlflow: MlflowServices
  /** The ports beneath: all that the one file keeps. */
  readonly store: MlopsStore
}

/**
 * MLOps in one process: one SQLite file and a folder of artifacts. Change it by subclass, or bind something else with
 * `load`, before the first `createServices`.
 */
export class BasicMlopsConfiguration {
  /** For subclasses: the wiring itself. */
  protected readonly container: Container = new Container()

  /** @throws BasicMlopsConfigurationError when the options cannot be read */
  constructor(options: BasicMlopsOptions) {
    this.container.bind(tokens.options).toConstantValue(parseBasicMlopsOptions(options))
    this.load(environmentModule, storageModule, trackingModule, eventsModule, deploymentModule, mlflowModule)
  }

  /** Adds modules; what they rebind replaces what was there. */
  load(...modules: ReadonlyArray<ContainerModule>): this {
    this.container.load(...modules)
    return this
  }

  /** Typed services; the same ones every time. Nothing is started, and no file is touched before the first call of one. */
  createServices(): BasicMlopsServices {
    return {
      experimentTracker: this.container.get(tokens.experimentTracker),
      modelRegistry: this.container.get(tokens.modelRegistry),
      artifactStore: this.container.get(tokens.artifactStore),
      monitor: this.container.get(tokens.monitor),
      pipelines: this.container.get(tokens.pipelines),
      deployments: this.container.get(tokens.deployments),
      events: this.container.get(tokens.events),
      webhooks: this.container.get(tokens.webhooks),
      mlflow: this.container.get(tokens.mlflow),
      store: this.container.get(tokens.store),
    }
  }

  /**
   * Ends servers, delivery and deployments, writes what waits and closes the file, the last opened first; then calls the
   * `onDeactivation` of what loaded modules bound. The configuration is used up.
   */
  async close(): Promise<void> {
    try {
      await this.container.get(tokens.closing).close()
    } finally {
      await this.container.unbindAllAsync()
    }
  }
}

/** Wires MLOps. @throws BasicMlopsConfigurationError when the options cannot be read */
export function createBasicMlopsConfiguration(options: BasicMlopsOptions): BasicMlopsConfiguration {
  return new BasicMlopsConfiguration(options)
}
