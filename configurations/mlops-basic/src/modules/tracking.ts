import { ExperimentTracker, ModelMonitor, ModelRegistry, PipelineRunner } from '@nomaly/ai-mlops'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'
import { processUser } from './environment.ts'

/** The use cases about runs, models and what is watched of them. */
export const trackingModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.experimentTracker)
    .toResolvedValue(
      (store, artifacts, observers, now, { userId = processUser() }) =>
        new ExperimentTracker({ ...store, artifacts, observers, now, userId }),
      [tokens.store, tokens.artifactStore, tokens.observers, tokens.clock, tokens.options],
    )
    .inSingletonScope()
  bind(tokens.modelRegistry)
    .toResolvedValue((store, now) => new ModelRegistry({ ...store, now }), [tokens.store, tokens.clock])
    .inSingletonScope()
  bind(tokens.monitor)
    .toResolvedValue((store, now) => new ModelMonitor({ ...store, now }), [tokens.store, tokens.clock])
    .inSingletonScope()
  bind(tokens.pipelines)
    .toResolvedValue(
      (store, now, newId, random) => new PipelineRunner({ ...store, now, newId, random }),
      [tokens.store, tokens.clock, tokens.ids, tokens.random],
    )
    .inSingletonScope()
})
