import type {
  Clock,
  DetectAndKeep,
  DetectAnomalies,
  EvaluateDetectors,
  EventPublisher,
  ExplainResults,
  FeedbackStore,
  GiveFeedback,
  IdSource,
  ModelRepository,
  ScoreWithModel,
  TrainModel,
  WorkerPool,
} from '@nomaly/ai-anomaly-detection'
import type { FolderResultStore } from '@nomaly/ai-anomaly-detection/node'
import type { ExportModel, ImportOnnxModel, OnnxRuntime, OnnxScorer } from '@nomaly/ai-anomaly-detection/onnx'
import type { StreamingService, StreamStateStore } from '@nomaly/ai-anomaly-detection/streaming'
import type { ServiceIdentifier } from 'inversify'

import type { ResolvedBasicAnomalyDetectionOptions } from './options.ts'

/** What every service of this configuration is asked for, and bound, with. */
export const tokens: {
  readonly options: ServiceIdentifier<ResolvedBasicAnomalyDetectionOptions>
  readonly clock: ServiceIdentifier<Clock>
  readonly ids: ServiceIdentifier<IdSource>
  readonly pool: ServiceIdentifier<WorkerPool>
  readonly events: ServiceIdentifier<EventPublisher>
  readonly models: ServiceIdentifier<ModelRepository>
  readonly results: ServiceIdentifier<FolderResultStore>
  readonly feedback: ServiceIdentifier<FeedbackStore>
  readonly detection: ServiceIdentifier<DetectAnomalies>
  readonly keeping: ServiceIdentifier<DetectAndKeep>
  readonly reviewing: ServiceIdentifier<GiveFeedback>
  readonly training: ServiceIdentifier<TrainModel>
  readonly scoring: ServiceIdentifier<ScoreWithModel>
  readonly evaluation: ServiceIdentifier<EvaluateDetectors>
  readonly onnx: ServiceIdentifier<OnnxRuntime>
  readonly onnxScorer: ServiceIdentifier<OnnxScorer>
  readonly exporting: ServiceIdentifier<ExportModel>
  readonly importing: ServiceIdentifier<ImportOnnxModel>
  readonly explanation: ServiceIdentifier<ExplainResults>
  readonly streamStores: ServiceIdentifier<(name: string) => StreamStateStore>
  readonly streaming: ServiceIdentifier<StreamingService>
} = {
  options: token('options'),
  clock: token('clock'),
  ids: token('ids'),
  pool: token('pool'),
  events: token('events'),
  models: token('models'),
  results: token('results'),
  feedback: token('feedback'),
  detection: token('detection'),
  keeping: token('keeping'),
  reviewing: token('reviewing'),
  training: token('training'),
  scoring: token('scoring'),
  evaluation: token('evaluation'),
  onnx: token('onnx'),
  onnxScorer: token('onnxScorer'),
  exporting: token('exporting'),
  importing: token('importing'),
  explanation: token('explanation'),
  streamStores: token('streamStores'),
  streaming: token('streaming'),
}

function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@nomaly/configuration-anomaly-detection-basic/${name}`)
}
