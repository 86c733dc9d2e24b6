import { ContainerModule } from 'inversify'

import { Closing } from '../closing.ts'
import { tokens } from '../tokens.ts'

/** What the process gives: time, ids, and who is told of what happened. */
export const environmentModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.clock).toConstantValue(Date.now)
  bind(tokens.ids).toConstantValue(() => crypto.randomUUID())
  bind(tokens.closing)
    .toResolvedValue(() => new Closing(), [])
    .inSingletonScope()
  bind(tokens.events)
    .toResolvedValue(({ events }) => events, [tokens.options])
    .inSingletonScope()
})
