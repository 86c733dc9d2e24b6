import { EventDispatcher, type EventHandler, type MlopsEvent, Webhooks } from '@nomaly/ai-mlops'
import { createHttpWebhookSender } from '@nomaly/ai-mlops/node'
import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Who is told of what happens: handlers in this process, and webhooks. Nothing is delivered before `events.start()`. */
export const eventsModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.handlers)
    .toResolvedValue(({ events }) => (events === undefined ? [] : [handOn(events.publish)]), [tokens.options])
    .inSingletonScope()
  bind(tokens.webhooks)
    .toResolvedValue(
      (store, { webhooks: { allowHttp = false, allowPrivateAddresses = false } }, now, newId) =>
        new Webhooks({
          store: store.webhooks,
          sender: createHttpWebhookSender({ allowHttp, allowPrivateAddresses }),
          now,
          newId,
        }),
      [tokens.store, tokens.options, tokens.clock, tokens.ids],
    )
    .inSingletonScope()
  bind(tokens.events)
    .toResolvedValue(
      (store, webhooks, handlers, now, random, { onError }, closing) => {
        const dispatcher = new EventDispatcher({
          ...store,
          channels: [webhooks.channel],
          handlers,
          now,
          random,
          onError,
        })
        closing.onClose(() => dispatcher.stop())
        return dispatcher
      },
      [tokens.store, tokens.webhooks, tokens.handlers, tokens.clock, tokens.random, tokens.options, tokens.closing],
    )
    .inSingletonScope()
})

function handOn(publish: (event: MlopsEvent) => Promise<void>): EventHandler {
  return { name: 'publisher', patterns: ['nomaly.*.*'], handle: ({ event }) => publish(event) }
}
