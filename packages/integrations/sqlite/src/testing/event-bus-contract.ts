import type { DeadLetters } from '../application/ports/dead-letters.ts'
import type { EventBus } from '../application/ports/event-bus.ts'
import type { EventLog } from '../application/ports/event-log.ts'
import type { CloudEvent } from '../domain/events/cloud-event.ts'
import { type Case, expectEqual, expectReason } from './case.ts'

/** A bus of its own for each test. */
export interface EventBusHarness {
  readonly bus: EventBus
  readonly deadLetters: DeadLetters
  readonly events: EventLog
  /** Resolves when everything that is due now has been tried. */
  readonly settled: () => Promise<void>
  /** Moves the clock by which failed deliveries are tried again, in milliseconds. */
  readonly pass: (ms: number) => void
}

const HOUR = 3_600_000

/** What every `EventBus` must keep, with its log and dead letters. @param make - an empty bus that delivers */
export function eventBusContract(it: Case, make: () => Promise<EventBusHarness>): void {
  it('delivers events to those who want them, in order, once', async () => {
    const { bus, settled } = await make()
    const got: string[] = []
    await bus.publish(event('nomaly.detection.requested', 'before'))
    for (const [name, ...patterns] of [
      ['exact', 'nomaly.detection.completed'],
      ['both', 'nomaly.detection.*', 'nomaly.*.completed'],
      ['other', 'nomaly.drift.*'],
    ] as const)
      await bus.subscribe({ name, patterns, handle: async (delivery) => void got.push(`${name} ${delivery.event.id}`) })
    await bus.publish(event('nomaly.detection.requested', '1'), event('nomaly.detection.completed', '2'))
    await settled()
    expectEqual(got.toSorted(), ['both 1', 'both 2', 'exact 2'])
    expectEqual(
      got.filter((one) => one.startsWith('both')),
      ['both 1', 'both 2'],
    )
  })

  it('keeps an event once, however often it is published', async () => {
    const { bus, events, settled } = await make()
    let count = 0
    await bus.subscribe({ name: 'a', patterns: ['*.*.*'], handle: async () => void (count += 1) })
    await bus.publish(event('nomaly.model.trained', '1'))
    await bus.publish(event('nomaly.model.trained', '1'))
    await settled()
    expectEqual([count, (await events.read()).length], [1, 1])
  })

  it('keeps what waits for a subscription that ends with a reason as dead letters', async () => {
    const { bus, deadLetters, settled, pass } = await make()
    const subscriber = { name: 'a', patterns: ['nomaly.a.b'] }
    await bus.subscribe({ ...subscriber, handle: () => Promise.reject(new Error('away')) })
    await bus.publish(event('nomaly.a.b', '1'))
    await settled()
    await bus.unsubscribe('a', 'disabled')
    await bus.publish(event('nomaly.a.b', '2'))
    expectEqual(
      (await deadLetters.list()).map((letter) => [letter.event.id, letter.error]),
      [['1', 'disabled']],
    )
    const got: string[] = []
    await bus.subscribe({ ...subscriber, handle: async (delivery) => void got.push(delivery.event.id) })
    await deadLetters.replay()
    pass(HOUR)
    await settled()
    expectEqual(got, ['1'])
  })

  it('keeps events for a subscriber that is away', async () => {
    const { bus, settled, pass } = await make()
    const got: string[] = []
    const name = 'away'
    await bus.subscribe({ name, patterns: ['nomaly.a.b'], handle: () => Promise.reject(new Error('away')) })
    await bus.publish(event('nomaly.a.b', '1'))
    await settled()
    await bus.subscribe({ name, patterns: ['nomaly.a.b'], handle: async ({ event: { id } }) => void got.push(id) })
    pass(HOUR)
    await settled()
    expectEqual(got, ['1'])
  })

  it('tries again what fails, and lets no other wait for it', async () => {
    const { bus, settled, pass } = await make()
    const got: string[] = []
    const attempts: number[] = []
    await bus.subscribe({
      name: 'failing',
      patterns: ['nomaly.a.b'],
      handle: async ({ attempt }) => {
        attempts.push(attempt)
        if (attempt < 3) throw new Error('no')
      },
    })
    await bus.subscribe({
      name: 'well',
      patterns: ['nomaly.a.b'],
      handle: async ({ event: { id } }) => void got.push(id),
    })
    await bus.publish(event('nomaly.a.b', '1'))
    await settled()
    expectEqual([got, attempts], [['1'], [1]])
    for (let i = 0; i < 3; i += 1) {
      pass(HOUR)
      await settled()
    }
    expectEqual([got, attempts], [['1'], [1, 2, 3]])
  })

  it('gives a handler that hangs up, by its time limit', async () => {
    const { bus, deadLetters, settled } = await make()
    const schedule = { attempts: 1, firstMs: 1, factor: 1, maxMs: 1 }
    const handle = (): Promise<void> => new Promise(() => undefined)
    await bus.subscribe({ name: 'hanging', patterns: ['nomaly.a.b'], timeoutMs: 20, schedule, handle })
    await bus.publish(event('nomaly.a.b', '1'))
    await settled()
    expectEqual(
      (await deadLetters.list()).map(({ error }) => error),
      ['no answer within 20 ms'],
    )
  })

  it('keeps what could not be delivered, with the reason, and delivers it when asked to', async () => {
    const { bus, deadLetters, settled } = await make()
    const got: string[] = []
    let fails = true
    await bus.subscribe({
      name: 'a',
      patterns: ['nomaly.a.*'],
      handle: async ({ event: { id } }) => {
        if (fails) throw Object.assign(new Error(`not ${id}`), { details: { retryable: false } })
        got.push(id)
      },
    })
    await bus.publish(event('nomaly.a.b', '1'), event('nomaly.a.c', '2'), event('nomaly.a.d', '3'))
    await settled()
    const dead = await deadLetters.list('a')
    expectEqual(
      dead.map(({ subscription, event: { id }, attempts, error }) => [subscription, id, attempts, error]),
      [
        ['a', '1', 1, 'not 1'],
        ['a', '2', 1, 'not 2'],
        ['a', '3', 1, 'not 3'],
      ],
    )
    expectEqual(await deadLetters.list('b'), [])
    fails = false
    expectEqual(await deadLetters.replay(dead.slice(1, 2).map(({ id }) => id)), 1)
    await settled()
    expectEqual(await deadLetters.discard(dead.slice(2).map(({ id }) => id)), 1)
    expectEqual([await deadLetters.replay(), await deadLetters.replay()], [1, 0])
    await settled()
    expectEqual([got, await deadLetters.list()], [['2', '1'], []])
  })

  it('ends a subscription with what waits for it', async () => {
    const { bus, settled, pass } = await make()
    let count = 0
    const handle = (): Promise<void> => {
      count += 1
      return Promise.reject(new Error('no'))
    }
    await bus.subscribe({ name: 'a', patterns: ['nomaly.a.b'], handle })
    await bus.publish(event('nomaly.a.b', '1'))
    await settled()
    await bus.unsubscribe('a')
    await bus.unsubscribe('a')
    pass(HOUR)
    await settled()
    expectEqual(count, 1)
  })

  it('logs events in order, to be read on from any of them, and forgets those that nobody waits for', async () => {
    const { bus, events } = await make()
    expectEqual(await events.last(), 0)
    await bus.publish(event('nomaly.a.b', '1'), event('nomaly.c.d', '2'), event('nomaly.a.e', '3'))
    const all = await events.read()
    expectEqual(
      all.map((one) => one.event.id),
      ['1', '2', '3'],
    )
    expectEqual(await events.last(), all.at(-1)?.sequence)
    const some = await events.read({ patterns: ['nomaly.a.*'], after: all[0]?.sequence, limit: 1 })
    expectEqual(
      some.map((one) => one.event.id),
      ['3'],
    )
    expectEqual([await events.prune(Date.now() + HOUR), (await events.read()).length], [3, 0])
  })

  it('refuses what is no event, no pattern, no name; then nothing is kept', async () => {
    const { bus, events } = await make()
    const good = event('nomaly.a.b', '1')
    for (const wrong of [
      { ...good, id: '' },
      { ...good, source: '' },
      { ...good, type: 'Nomaly.A' },
      { ...good, time: 'now' },
      { ...good, specversion: '0.3' as never },
      { ...good, data: { value: Number.NaN } },
    ])
      await expectReason(bus.publish(good, wrong), 'invalid-argument')
    const handle = async (): Promise<void> => undefined
    await expectReason(bus.subscribe({ name: 'a', patterns: ['nomaly..x'], handle }), 'invalid-argument')
    await expectReason(bus.subscribe({ name: 'a', patterns: [], handle }), 'invalid-argument')
    await expectReason(bus.subscribe({ name: '', patterns: ['a.b'], handle }), 'invalid-argument')
    expectEqual(await events.read(), [])
  })
}

function event(type: string, id: string): CloudEvent {
  return { specversion: '1.0', id, source: '/test', type, time: '2026-01-02T03:04:05.000Z', data: { id } }
}
