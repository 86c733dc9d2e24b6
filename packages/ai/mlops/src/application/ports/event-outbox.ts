import type { MlopsEvent } from '../../domain/events/mlops-event.ts'

/** One event on its way to one subscriber. */
export interface Delivery {
  /** The same in every attempt: who receives it twice can tell by this. */
  readonly id: string
  readonly subscription: string
  readonly event: MlopsEvent
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

/** Hands out the deliveries that are still to be made. Safe with several processes on one store. */
export interface EventOutbox {
  /** The oldest that is due, if any. Nobody else gets it for `leaseMs`; then it is due again. */
  readonly claim: (subscription: string, leaseMs: number) => Promise<Delivery | undefined>
  /** Harmless when the lease has passed to another claim meanwhile. */
  readonly settle: (delivery: Pick<Delivery, 'id' | 'lease'>, outcome: DeliveryOutcome) => Promise<void>
  /** Calls back soon after an event was added by this process. Answers how to stop it. */
  readonly onAppended: (listener: () => void) => () => void
}
