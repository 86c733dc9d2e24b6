import { MlopsError } from '../../domain/errors.ts'
import { DEFAULT_RETRY_SCHEDULE, type RetrySchedule, retryDelayMs } from '../../domain/events/retry-schedule.ts'
import type { Delivery, DeliveryOutcome, EventOutbox } from '../ports/event-outbox.ts'
import type { EventSubscriptions } from '../ports/event-subscriptions.ts'
import { within } from './within.ts'

/**
 * Takes events at least once: it must be idempotent by `delivery.event.id`. A rejection is a failed attempt; details of
 * an `MlopsError` may say `retryable: false` or `retryAfterMs`.
 */
export type HandleDelivery = (delivery: Delivery, signal: AbortSignal) => Promise<void>

/** A subscriber in this process. */
export interface EventHandler {
  /** Stays the same over restarts: events wait under it. */
  readonly name: string
  readonly patterns: ReadonlyArray<string>
  readonly handle: HandleDelivery
}

/** Subscribers that come and go while the dispatcher runs, such as webhooks. */
export interface EventChannel {
  /** Names of the subscriptions that it serves now. */
  readonly subscriptions: () => Promise<ReadonlyArray<string>>
  readonly handle: HandleDelivery
}

/** What a dispatcher works with. */
export interface EventDispatcherDeps {
  readonly outbox: EventOutbox
  readonly subscriptions: Pick<EventSubscriptions, 'subscribe'>
  readonly handlers?: ReadonlyArray<EventHandler>
  readonly channels?: ReadonlyArray<EventChannel>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly schedule?: RetrySchedule
  /** Milliseconds that one attempt may take; 10,000 by default. */
  readonly timeoutMs?: number
  /** Milliseconds between looks for what other processes have added and what is due again; 1,000 by default. */
  readonly pollMs?: number
  /** Told of faults that are no subscriber's: the store could not be read or written. It is tried again. */
  readonly onError: (error: unknown) => void
}

/**
 * Delivers events to subscribers, each at its own pace and in order but for retries: a slow or failing one delays no
 * other. What was appended before a crash is delivered after it.
 */
export class EventDispatcher {
  readonly #deps: EventDispatcherDeps
  readonly #busy = new Map<string, Promise<number>>()
  readonly #again = new Set<string>()
  #timer: ReturnType<typeof setInterval> | undefined
  #unlisten: (() => void) | undefined
  #stopping = new AbortController()

  constructor(deps: EventDispatcherDeps) {
    this.#deps = deps
  }

  /** Subscribes the handlers and delivers from now on; again is harmless. */
  async start(): Promise<void> {
    await this.#subscribe()
    if (this.#timer !== undefined) return
    this.#stopping = new AbortController()
    const look = (): void => void this.drain().catch((error: unknown) => this.#deps.onError(error))
    this.#timer = setInterval(look, this.#deps.pollMs ?? 1000)
    this.#unlisten = this.#deps.outbox.onAppended(look)
    look()
  }

  /** Takes up nothing new and waits for the attempts under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#unlisten?.()
    this.#stopping.abort()
    await Promise.allSettled(this.#busy.values())
  }

  /** Makes every delivery that is due now, also without `start`. Answers how many attempts were made. */
  async drain(): Promise<number> {
    if (this.#stopping.signal.aborted) this.#stopping = new AbortController()
    const { handlers = [], channels = [] } = this.#deps
    const pumps: Array<readonly [string, HandleDelivery]> = handlers.map(({ name, handle }) => [name, handle])
    for (const { subscriptions, handle } of channels)
      for (const name of await subscriptions()) pumps.push([name, handle])
    const outcomes = await Promise.allSettled(pumps.map(([name, handle]) => this.#pumpOnce(name, handle)))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0)
  }

  async #subscribe(): Promise<void> {
    for (const { name, patterns } of this.#deps.handlers ?? []) await this.#deps.subscriptions.subscribe(name, patterns)
  }

  /** One pump a subscription: a second would deliver out of order. */
  #pumpOnce(name: string, handle: HandleDelivery): Promise<number> {
    const running = this.#busy.get(name)
    if (running !== undefined) {
      this.#again.add(name)
      return running
    }
    const pump = this.#pump(name, handle).finally(() => this.#busy.delete(name))
    this.#busy.set(name, pump)
    return pump
  }

  async #pump(name: string, handle: HandleDelivery): Promise<number> {
    const { outbox } = this.#deps
    const claim = (): Promise<Delivery | undefined> =>
      this.#stopping.signal.aborted ? Promise.resolve(undefined) : outbox.claim(name, 2 * this.#timeoutMs + 1000)
    let attempts = 0
    let delivery = await claim()
    while (delivery !== undefined || this.#again.delete(name)) {
      if (delivery === undefined) {
        delivery = await claim()
        continue
      }
      const outcome = await this.#attempt(delivery, handle)
      attempts += 1
      // In one turn, so that both share a transaction.
      ;[delivery] = await Promise.all([claim(), outbox.settle(delivery, outcome)])
    }
    return attempts
  }

  async #attempt(delivery: Delivery, handle: HandleDelivery): Promise<DeliveryOutcome> {
    const { schedule = DEFAULT_RETRY_SCHEDULE } = this.#deps
    if (delivery.attempt > schedule.attempts) return { kind: 'dead', error: 'the process ended in each attempt' }
    try {
      await within(this.#timeoutMs, (signal) => handle(delivery, signal))
      return { kind: 'delivered' }
    } catch (error) {
      return this.#afterFailure(delivery.attempt, error)
    }
  }

  #afterFailure(attempt: number, error: unknown): DeliveryOutcome {
    const { now, random, schedule = DEFAULT_RETRY_SCHEDULE } = this.#deps
    const text = error instanceof Error ? error.message : String(error)
    const details = MlopsError.is(error) ? error.details : {}
    const wait = retryDelayMs(attempt, schedule, random())
    if (wait === undefined || details['retryable'] === false) return { kind: 'dead', error: text }
    const asked = typeof details['retryAfterMs'] === 'number' ? Math.min(details['retryAfterMs'], schedule.maxMs) : 0
    return { kind: 'retry', at: now() + Math.max(wait, asked), error: text }
  }

  get #timeoutMs(): number {
    return this.#deps.timeoutMs ?? 10_000
  }
}
