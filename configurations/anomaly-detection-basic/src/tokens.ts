import type {
  Clock,
  DetectAnomalies,
  EvaluateDetectors,
  EventPublisher,
  IdSource,
  ModelRepository,
  ScoreWithModel,
  TrainModel,
} from '@nomaly/ai-anomaly-detection'
import type { ServiceIdentifier } from 'inversify'

import type { BasicAnomalyDetectionOptions } from './options.ts'

/** What every service of this configuration is asked for, and bound, with. */
export const tokens: {
  readonly options: ServiceIdentifier<BasicAnomalyDetectionOptions>
  readonly clock: ServiceIdentifier<Clock>
  readonly ids: ServiceIdentifier<IdSource>
  readonly events: ServiceIdentifier<EventPublisher>
  readonly models: ServiceIdentifier<ModelRepository>
  readonly detection: ServiceIdentifier<DetectAnomalies>
  readonly training: ServiceIdentifier<TrainModel>
  readonly scoring: ServiceIdentifier<ScoreWithModel>
  readonly evaluation: ServiceIdentifier<EvaluateDetectors>
} = {
  options: token('options'),
  clock: token('clock'),
  ids: token('ids'),
  events: token('events'),
  models: token('models'),
  detection: token('detection'),
  training: token('training'),
  scoring: token('scoring'),
  evaluation: token('evaluation'),
}

function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@nomaly/configuration-anomaly-detection-basic/${name}`)
}
