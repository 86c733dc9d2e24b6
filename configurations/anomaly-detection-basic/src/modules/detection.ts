import { DetectAnomalies, EvaluateDetectors, ScoreWithModel, TrainModel } from '@nomaly/ai-anomaly-detection'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** The use cases. */
export const detectionModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.detection)
    .toResolvedValue(
      (events, clock, ids) => new DetectAnomalies({ events, clock, ids }),
      [tokens.events, tokens.clock, tokens.ids],
    )
    .inSingletonScope()
  bind(tokens.training)
    .toResolvedValue(
      (events, clock, ids, models) => new TrainModel({ events, clock, ids, models }),
      [tokens.events, tokens.clock, tokens.ids, tokens.models],
    )
    .inSingletonScope()
  bind(tokens.scoring)
    .toResolvedValue(
      (events, clock, ids, models) => new ScoreWithModel({ events, clock, ids, models }),
      [tokens.events, tokens.clock, tokens.ids, tokens.models],
    )
    .inSingletonScope()
  bind(tokens.evaluation)
    .toResolvedValue((clock) => new EvaluateDetectors({ clock }), [tokens.clock])
    .inSingletonScope()
})
