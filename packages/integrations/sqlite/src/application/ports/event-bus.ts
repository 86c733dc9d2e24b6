import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import type { RetrySchedule } from '../../domain/retry-schedule.ts'

/** One event on its way to one subscriber. */
export interface EventDelivery {
  readonly event: CloudEvent
  /** From 1 on, this one included. */
  readonly attempt: number
}

/** Who wants events. */
export interface EventSubscriber {
  /** Stays the same over restarts: events wait under it while nobody handles them. At most 200 characters. */
  readonly name: string
  /** Such as `nomaly.detection.*`; each `*` stands for one part. */
  readonly patterns: ReadonlyArray<string>
  /**
   * Takes events at least once: it must be idempotent by `event.id`. A rejection is a failed attempt; `details` of the error may say
   * `retryable: false` or `retryAfterMs`.
   */
  readonly handle: (delivery: EventDelivery, signal: AbortSignal) => Promise<void>
  readonly schedule?: RetrySchedule | undefined
  /** Milliseconds that one attempt may take; default 10,000. */
  readonly timeoutMs?: number | undefined
}

/**
 * Carries events to subscribers, each at its own pace and in order but for retries: a slow or failing one harms no other. Rejects with
 * `invalid-argument`, or what the store says.
 */
export interface EventBus {
  /** Resolves when the events are kept for all who want them. An event whose id is there changes nothing. */
  readonly publish: (...events: ReadonlyArray<CloudEvent>) => Promise<void>
  /** Gets events from now on, and those that wait under its name; the same name again replaces it. */
  readonly subscribe: (subscriber: EventSubscriber) => Promise<void>
  /**
   * Ends a subscription; a missing one is harmless. What waited for it is forgotten or, where there is a reason, becomes dead letters,
   * which can be replayed once the name is there again.
   */
  readonly unsubscribe: (name: string, reason?: string) => Promise<void>
}
