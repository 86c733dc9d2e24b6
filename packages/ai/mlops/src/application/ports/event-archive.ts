import type { MlopsEvent } from '../../domain/events/mlops-event.ts'
import type { Page } from '../../domain/page.ts'

/** A delivery that was given up. */
export interface DeadLetter {
  readonly id: string
  readonly subscription: string
  readonly event: MlopsEvent
  readonly attempts: number
  readonly error: string
}

/** What has happened, and what could not be delivered. */
export interface EventArchive {
  /** Events in order, 1,000 a page unless `limit` says; `type` is a pattern, `since` in epoch milliseconds, inclusive. */
  readonly events: (query: {
    readonly type?: string
    readonly subject?: string
    readonly since?: number
    readonly limit?: number
    readonly pageToken?: string
  }) => Promise<Page<MlopsEvent>>
  /** The oldest first, at most 1,000. */
  readonly deadLetters: (subscription?: string) => Promise<ReadonlyArray<DeadLetter>>
  /** Makes dead letters due again with no attempt counted; all of them when no ids are given. Answers how many. */
  readonly replay: (ids?: ReadonlyArray<string>) => Promise<number>
  /** Forgets events from before, in epoch milliseconds, that nobody waits for; dead letters stay. Answers how many. */
  readonly prune: (before: number) => Promise<number>
}
