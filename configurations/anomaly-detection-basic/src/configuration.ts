import type {
  DetectAndKeep,
  DetectAnomalies,
  EvaluateDetectors,
  EventPublisher,
  ExplainResults,
  FeedbackStore,
  GiveFeedback,
  ModelRepository,
  ScoreWithModel,
  TrainModel,
} from '@nomaly/ai-anomaly-detection'
import type { FolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import type { ExportModel, ImportOnnxModel } from '@nomaly/ai-anomaly-detection/onnx'
import type { StreamingService } from '@nomaly/ai-anomaly-detection/streaming'
import { Container, type ContainerModule } from 'inversify'

import { detectionModule } from './modules/detection.ts'
import { environmentModule } from './modules/environment.ts'
import { onnxModule } from './modules/onnx.ts'
import { storageModule } from './modules/storage.ts'
import { streamingModule } from './modules/streaming.ts'
import { threadsModule } from './modules/threads.ts'
import { type BasicAnomalyDetectionOptions, parseBasicAnomalyDetectionOptions } from './options.ts'
import { tokens } from './tokens.ts'

/** What the configuration hands out. */
export interface BasicAnomalyDetectionServices {
  /** Finds the anomalies of a data set. */
  readonly detection: DetectAnomalies
  /** Finds the anomalies of a data set, and keeps the result. */
  readonly keeping: DetectAndKeep
  /** Fits a detector and keeps it as a model. */
  readonly training: TrainModel
  /** Scores rows with a kept model. */
  readonly scoring: ScoreWithModel
  /** Measures detectors on labelled rows. */
  readonly evaluation: EvaluateDetectors
  /** Detects, or scores with a kept model, and says why rows score as they do. */
  readonly explanation: ExplainResults
  /** Scores live streams; the models of entities that are idle lie in `<dataPath>/streams`. */
  readonly streaming: StreamingService
  /** Writes kept models as ONNX files. */
  readonly exporting: ExportModel
  /** Keeps ONNX files as models. */
  readonly importing: ImportOnnxModel
  /** The kept results. */
  readonly results: FolderResultStore
  /** What people say of their rows. */
  readonly feedback: FeedbackStore
  /** Keeps what somebody says of a row. */
  readonly reviewing: GiveFeedback
  /** The kept models. */
  readonly models: ModelRepository
  /** Takes the events of all the others. */
  readonly events: EventPublisher
}

/**
 * Anomaly detection in one process: models in files, events in memory. Change it by subclass, or bind something else
 * with `load`, before the first `createServices`.
 */
export class BasicAnomalyDetectionConfiguration {
  /** For subclasses: the wiring itself. */
  protected readonly container: Container = new Container()

  /** @throws BasicAnomalyDetectionConfigurationError when the options cannot be read */
  constructor(options: BasicAnomalyDetectionOptions) {
    this.container.bind(tokens.options).toConstantValue(parseBasicAnomalyDetectionOptions(options))
    this.load(environmentModule, storageModule, threadsModule, onnxModule, detectionModule, streamingModule)
  }

  /** Adds modules; what they rebind replaces what was there. */
  load(...modules: ReadonlyArray<ContainerModule>): this {
    this.container.load(...modules)
    return this
  }

  /** Typed services; the same ones every time. Nothing is started, no file is touched. */
  createServices(): BasicAnomalyDetectionServices {
    return {
      detection: this.container.get(tokens.detection),
      keeping: this.container.get(tokens.keeping),
      training: this.container.get(tokens.training),
      scoring: this.container.get(tokens.scoring),
      evaluation: this.container.get(tokens.evaluation),
      explanation: this.container.get(tokens.explanation),
      streaming: this.container.get(tokens.streaming),
      exporting: this.container.get(tokens.exporting),
      importing: this.container.get(tokens.importing),
      results: this.container.get(tokens.results),
      feedback: this.container.get(tokens.feedback),
      reviewing: this.container.get(tokens.reviewing),
      models: this.container.get(tokens.models),
      events: this.container.get(tokens.events),
    }
  }

  /** Lets go of everything, ends the threads, and calls the `onDeactivation` of what loaded modules bound. The configuration is used up. */
  async close(): Promise<void> {
    await this.container.unbindAllAsync()
  }
}

/** Wires anomaly detection. @throws BasicAnomalyDetectionConfigurationError when the options cannot be read */
export function createBasicAnomalyDetectionConfiguration(
  options: BasicAnomalyDetectionOptions,
): BasicAnomalyDetectionConfiguration {
  return new BasicAnomalyDetectionConfiguration(options)
}
