import type { CloudEvent } from '../../domain/events/cloud-event.ts'

/** A delivery that was given up. */
export interface DeadLetter {
  readonly id: string
  readonly subscription: string
  readonly event: CloudEvent
  readonly attempts: number
  /** Why the last attempt failed. */
  readonly error: string
}

/** What could not be delivered. */
export interface DeadLetters {
  /** The oldest first, at most 1,000. */
  readonly list: (subscription?: string) => Promise<ReadonlyArray<DeadLetter>>
  /** Makes dead letters due again with no attempt counted; all of them when no ids are given. Answers how many. */
  readonly replay: (ids?: ReadonlyArray<string>) => Promise<number>
  /** Gives these up for good. Answers how many. */
  readonly discard: (ids: ReadonlyArray<string>) => Promise<number>
}
