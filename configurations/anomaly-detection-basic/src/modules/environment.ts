import { createMemoryEventPublisher, randomIds } from '@nomaly/ai-anomaly-detection'
import { processClock } from '@nomaly/ai-anomaly-detection/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** What the process gives: its clocks, random ids, and a memory of the last thousand events, where nobody else takes them. */
export const environmentModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.clock).toConstantValue(processClock)
  bind(tokens.ids).toConstantValue(randomIds)
  bind(tokens.events)
    .toResolvedValue(({ events }) => events ?? createMemoryEventPublisher(), [tokens.options])
    .inSingletonScope()
})
