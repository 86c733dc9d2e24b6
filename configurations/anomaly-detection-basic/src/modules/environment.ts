import { createMemoryEventPublisher, randomIds, systemClock } from '@nomaly/ai-anomaly-detection'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** What the process gives: its clocks, random ids, and a memory of the last thousand events. */
export const environmentModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.clock).toConstantValue(systemClock)
  bind(tokens.ids).toConstantValue(randomIds)
  bind(tokens.events)
    .toResolvedValue(() => createMemoryEventPublisher(), [])
    .inSingletonScope()
})
