import type { Delivery, EventOutbox } from '../application/ports/event-outbox.ts'
import type { EventSubscriptions } from '../application/ports/event-subscriptions.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/** An outbox of its own for each test. */
export interface EventOutboxHarness {
  readonly outbox: EventOutbox
  readonly subscriptions: EventSubscriptions
  /** Lets an event of that type happen. */
  readonly happen: (type: string) => Promise<void>
  /** Moves the outbox's clock, in milliseconds. */
  readonly pass: (ms: number) => void
  /** Epoch milliseconds by that clock. */
  readonly now: () => number
}

/** What every `EventOutbox` and its `EventSubscriptions` must keep. @param make - an empty outbox */
export function eventOutboxContract(it: Case, make: () => Promise<EventOutboxHarness>): void {
  it('keeps events for who subscribed before they happened, in order', async () => {
    const { outbox, subscriptions, happen } = await make()
    await happen('nomaly.model.promoted')
    await subscriptions.subscribe('a', ['nomaly.model.*', 'nomaly.*.promoted'])
    await subscriptions.subscribe('b', ['nomaly.drift.detected'])
    for (const type of ['nomaly.model.promoted', 'nomaly.drift.detected', 'nomaly.model.trained']) await happen(type)
    expectEqual(await typesOf(outbox, 'a'), ['nomaly.model.promoted', 'nomaly.model.trained'])
    expectEqual(await typesOf(outbox, 'b'), ['nomaly.drift.detected'])
    expectEqual(await typesOf(outbox, 'nobody'), [])
  })

  it('gives a delivery to one claim only until its lease runs out, and ignores who settles late', async () => {
    const { outbox, subscriptions, happen, pass } = await make()
    await subscriptions.subscribe('a', ['nomaly.*.*'])
    await happen('nomaly.model.promoted')
    const first = delivered(await outbox.claim('a', 100))
    expectEqual([first.attempt, await outbox.claim('a', 100)], [1, undefined])
    pass(100)
    const second = delivered(await outbox.claim('a', 100))
    expectEqual([second.attempt, second.id, second.event], [2, first.id, first.event])
    await outbox.settle(first, { kind: 'delivered' })
    pass(100)
    expectEqual(delivered(await outbox.claim('a', 100)).attempt, 3)
  })

  it('gives it again when it is to be retried, never when it is delivered or dead', async () => {
    const { outbox, subscriptions, happen, pass, now } = await make()
    await subscriptions.subscribe('a', ['nomaly.*.*'])
    for (const type of ['nomaly.a.b', 'nomaly.c.d']) await happen(type)
    await outbox.settle(delivered(await outbox.claim('a', 100)), { kind: 'retry', at: now() + 50, error: 'x' })
    await outbox.settle(delivered(await outbox.claim('a', 100)), { kind: 'dead', error: 'x' })
    pass(49)
    expectEqual(await outbox.claim('a', 100), undefined)
    pass(1)
    await outbox.settle(delivered(await outbox.claim('a', 100)), { kind: 'delivered' })
    pass(1000)
    expectEqual(await outbox.claim('a', 100), undefined)
  })

  it('forgets what waits for who unsubscribes, and lists who subscribes to what', async () => {
    const { outbox, subscriptions, happen } = await make()
    await subscriptions.subscribe('b', ['nomaly.a.b'])
    await subscriptions.subscribe('a', ['nomaly.*.*'])
    await subscriptions.subscribe('a', ['nomaly.c.d'])
    expectEqual(await subscriptions.list(), [
      { name: 'a', patterns: ['nomaly.c.d'] },
      { name: 'b', patterns: ['nomaly.a.b'] },
    ])
    await happen('nomaly.c.d')
    await subscriptions.unsubscribe('a')
    await subscriptions.unsubscribe('a')
    expectEqual(await outbox.claim('a', 100), undefined)
    await expectCode(subscriptions.subscribe('c', ['nomaly']), 'mlops/invalid-argument')
  })

  it('calls back after an event was added', async () => {
    const { outbox, subscriptions, happen } = await make()
    await subscriptions.subscribe('a', ['nomaly.*.*'])
    let calls = 0
    const stop = outbox.onAppended(() => (calls += 1))
    await happen('nomaly.a.b')
    for (let i = 0; i < 100 && calls === 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 5))
    stop()
    await happen('nomaly.a.b')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expectEqual(calls, 1)
  })
}

async function typesOf(outbox: EventOutbox, subscription: string): Promise<ReadonlyArray<string>> {
  const types: string[] = []
  for (;;) {
    const delivery = await outbox.claim(subscription, 1000)
    if (delivery === undefined) return types
    types.push(delivery.event.type)
    await outbox.settle(delivery, { kind: 'delivered' })
  }
}

function delivered(delivery: Delivery | undefined): Delivery {
  if (delivery === undefined) throw new Error('a delivery should have been due')
  return delivery
}
