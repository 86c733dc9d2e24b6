import { SqliteError } from '../../domain/errors.ts'
import { readFailure } from '../../domain/failure.ts'
import { DELIVERY_SCHEDULE, retryDelayMs } from '../../domain/retry-schedule.ts'
import type { EventBus, EventSubscriber } from '../ports/event-bus.ts'
import type { Delivery, DeliveryOutcome, EventOutbox, EventSubscriptions } from '../ports/event-outbox.ts'
import { within } from '../within.ts'

/** What a bus works with. */
export interface EventBusDeps {
  readonly outbox: EventOutbox
  readonly subscriptions: EventSubscriptions
  /** Epoch milliseconds. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  /** Milliseconds between looks for what other processes have added and what is due again; default 500. */
  readonly pollMs?: number | undefined
  /** Told of faults that are no subscriber's: the store could not be read or written. It is tried again. */
  readonly onError: (error: unknown) => void
}

/**
 * Events over an outbox: each subscriber has a pump of its own. Nothing is delivered before `start`; what was published before a crash
 * is delivered after it.
 */
export class OutboxEventBus implements EventBus {
  readonly #deps: EventBusDeps
  readonly #subscribers = new Map<string, EventSubscriber>()
  readonly #pumps = new Map<string, Promise<number>>()
  readonly #again = new Set<string>()
  #timer: ReturnType<typeof setInterval> | undefined
  #unlisten: (() => void) | undefined
  #isStopping = false
  #ending = new AbortController()

  constructor(deps: EventBusDeps) {
    this.#deps = deps
  }

  /** See `EventBus`. */
  readonly publish: EventBus['publish'] = (...events) => this.#deps.outbox.append(events)

  /** See `EventBus`. */
  readonly subscribe: EventBus['subscribe'] = async (subscriber) => {
    await this.#deps.subscriptions.subscribe(subscriber.name, subscriber.patterns)
    this.#subscribers.set(subscriber.name, subscriber)
    if (this.#timer !== undefined) this.#look()
  }

  /** See `EventBus`. */
  readonly unsubscribe: EventBus['unsubscribe'] = async (name, reason) => {
    this.#subscribers.delete(name)
    await this.#deps.subscriptions.unsubscribe(name, reason)
  }

  /** Delivers from now on; again is harmless. */
  start(): void {
    if (this.#timer !== undefined) return
    this.#goOn()
    this.#timer = setInterval(() => this.#look(), this.#deps.pollMs ?? 500)
    this.#unlisten = this.#deps.outbox.onAppended(() => this.#look())
    this.#look()
  }

  /** Takes up nothing new and waits for the attempts under way; after `graceMs`, default 2,000, their signals are aborted, and they are made again. */
  async stop({ graceMs = 2000 }: { readonly graceMs?: number } = {}): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#unlisten?.()
    this.#isStopping = true
    const reason = new SqliteError('sqlite/cancelled', 'the process ends: it is delivered again')
    const timer = setTimeout(() => this.#ending.abort(reason), graceMs)
    await Promise.allSettled(this.#pumps.values())
    clearTimeout(timer)
  }

  /** Makes every delivery that is due now, also without `start`. Answers how many attempts were made. @throws what the store throws */
  async drain(): Promise<number> {
    if (this.#timer === undefined) this.#goOn()
    const outcomes = await Promise.allSettled([...this.#subscribers.keys()].map((name) => this.#pumpOnce(name)))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0)
  }

  #goOn(): void {
    this.#isStopping = false
    if (this.#ending.signal.aborted) this.#ending = new AbortController()
  }

  #look(): void {
    this.drain().catch((error: unknown) => this.#deps.onError(error))
  }

  /** One pump a subscription: a second would deliver out of order. */
  #pumpOnce(name: string): Promise<number> {
    const running = this.#pumps.get(name)
    if (running !== undefined) {
      this.#again.add(name)
      return running
    }
    const pump = this.#pump(name).finally(() => this.#pumps.delete(name))
    this.#pumps.set(name, pump)
    return pump
  }

  async #pump(name: string): Promise<number> {
    let attempts = 0
    let delivery = await this.#claim(name)
    while (delivery !== undefined || this.#again.delete(name)) {
      if (delivery === undefined) {
        delivery = await this.#claim(name)
        continue
      }
      const outcome = await this.#attempt(delivery)
      attempts += 1
      // In one turn, so that both share a transaction.
      ;[delivery] = await Promise.all([this.#claim(name), this.#deps.outbox.settle(delivery, outcome)])
    }
    return attempts
  }

  async #claim(name: string): Promise<Delivery | undefined> {
    const subscriber = this.#subscribers.get(name)
    if (this.#isStopping || subscriber === undefined) return undefined
    return this.#deps.outbox.claim(name, 2 * timeoutOf(subscriber) + 1000)
  }

  async #attempt(delivery: Delivery): Promise<DeliveryOutcome> {
    const subscriber = this.#subscribers.get(delivery.subscription)
    const { schedule = DELIVERY_SCHEDULE } = subscriber ?? {}
    if (delivery.attempt > schedule.attempts) return { kind: 'dead', error: 'the process ended in each attempt' }
    const { signal: ending } = this.#ending
    try {
      if (subscriber === undefined) throw new Error('nobody handles this subscription any more')
      await within(timeoutOf(subscriber), (signal) => subscriber.handle(delivery, AbortSignal.any([signal, ending])))
      return { kind: 'delivered' }
    } catch (error) {
      if (ending.aborted) return { kind: 'retry', at: this.#deps.now(), error: 'the process ended' }
      const { failure, retryable, retryAfterMs } = readFailure(error)
      const wait = retryDelayMs(delivery.attempt, schedule, this.#deps.random())
      if (wait === undefined || !retryable) return { kind: 'dead', error: failure.message }
      const at = this.#deps.now() + Math.max(wait, Math.min(retryAfterMs, schedule.maxMs))
      return { kind: 'retry', at, error: failure.message }
    }
  }
}

function timeoutOf({ timeoutMs = 10_000 }: EventSubscriber): number {
  return timeoutMs
}
