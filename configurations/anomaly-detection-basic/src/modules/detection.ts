import {
  DetectAndKeep,
  DetectAnomalies,
  EvaluateDetectors,
  ExplainResults,
  GiveFeedback,
  ScoreWithModel,
  TrainModel,
} from '@nomaly/ai-anomaly-detection'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** The use cases. */
export const detectionModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.detection)
    .toResolvedValue(
      (events, clock, ids, pool) => new DetectAnomalies({ events, clock, ids, pool }),
      [tokens.events, tokens.clock, tokens.ids, tokens.pool],
    )
    .inSingletonScope()
  bind(tokens.keeping)
    .toResolvedValue(
      (events, clock, ids, pool, results) => new DetectAndKeep({ events, clock, ids, pool, results }),
      [tokens.events, tokens.clock, tokens.ids, tokens.pool, tokens.results],
    )
    .inSingletonScope()
  bind(tokens.reviewing)
    .toResolvedValue(
      (events, clock, ids, results, feedback) => new GiveFeedback({ events, clock, ids, results, feedback }),
      [tokens.events, tokens.clock, tokens.ids, tokens.results, tokens.feedback],
    )
    .inSingletonScope()
  bind(tokens.training)
    .toResolvedValue(
      (events, clock, ids, models, pool) => new TrainModel({ events, clock, ids, models, pool }),
      [tokens.events, tokens.clock, tokens.ids, tokens.models, tokens.pool],
    )
    .inSingletonScope()
  bind(tokens.scoring)
    .toResolvedValue(
      (events, clock, ids, models, pool, onnx) => new ScoreWithModel({ events, clock, ids, models, pool, onnx }),
      [tokens.events, tokens.clock, tokens.ids, tokens.models, tokens.pool, tokens.onnxScorer],
    )
    .inSingletonScope()
  bind(tokens.evaluation)
    .toResolvedValue((clock, pool) => new EvaluateDetectors({ clock, pool }), [tokens.clock, tokens.pool])
    .inSingletonScope()
  bind(tokens.explanation)
    .toResolvedValue(
      (events, clock, ids, models, pool, onnx) => new ExplainResults({ events, clock, ids, models, pool, onnx }),
      [tokens.events, tokens.clock, tokens.ids, tokens.models, tokens.pool, tokens.onnxScorer],
    )
    .inSingletonScope()
})
