import type { CloudEvent } from '../../domain/events/cloud-event.ts'

/** One event on its way to one subscription. */
export interface Delivery {
  readonly id: string
  readonly subscription: string
  readonly event: CloudEvent
  /** From 1 on, this one included. */
  readonly attempt: number
  /** Names the claim; a delivery whose lease ran out may be claimed by another process. */
  readonly lease: string
}

/** How an attempt ended. `at` in epoch milliseconds. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: number; readonly error: string }
  | { readonly kind: 'dead'; readonly error: string }

/** Keeps events with the deliveries that are still to be made. Safe with several processes on one store. */
export interface EventOutbox {
  /** Keeps events, with a delivery for each subscription that wants them: all of them or none. Known ids change nothing. */
  readonly append: (events: ReadonlyArray<CloudEvent>) => Promise<void>
  /** The oldest that is due, if any. Nobody else gets it for `leaseMs`; then it is due again. */
  readonly claim: (subscription: string, leaseMs: number) => Promise<Delivery | undefined>
  /** Harmless when the lease has passed to another claim meanwhile. */
  readonly settle: (delivery: Pick<Delivery, 'id' | 'lease'>, outcome: DeliveryOutcome) => Promise<void>
  /** Calls back soon after this process has kept an event. Answers how to stop it. */
  readonly onAppended: (listener: () => void) => () => void
}

/** Who wants which events. Kept, so that events which come while the subscriber is away wait for it. */
export interface EventSubscriptions {
  /** Sets the patterns of a name anew; events from now on are kept for it. @throws `invalid-argument` for a bad pattern */
  readonly subscribe: (name: string, patterns: ReadonlyArray<string>) => Promise<void>
  /** Ends it; a missing one is harmless. What waited for it goes or, where there is a reason, becomes dead letters, as its claim does. */
  readonly unsubscribe: (name: string, reason?: string) => Promise<void>
  readonly list: () => Promise<ReadonlyArray<{ readonly name: string; readonly patterns: ReadonlyArray<string> }>>
}
