import type { CloudEvent } from '../../domain/events/cloud-event.ts'

/** An event with its place in the order of all. */
export interface LoggedEvent {
  /** Grows; what is asked for after it comes later. */
  readonly sequence: number
  readonly event: CloudEvent
}

/** Which events. */
export interface EventQuery {
  /** Only those after this sequence; default from the first. */
  readonly after?: number | undefined
  /** Default all. */
  readonly patterns?: ReadonlyArray<string> | undefined
  /** 1 to 10,000; default 1,000. */
  readonly limit?: number | undefined
}

/** What has happened. */
export interface EventLog {
  /** In order. */
  readonly read: (query?: EventQuery) => Promise<ReadonlyArray<LoggedEvent>>
  /** The sequence of the newest event; 0 where there is none. */
  readonly last: () => Promise<number>
  /**
   * Forgets events from before, in epoch milliseconds, that nobody waits for; those of dead letters stay. Answers how many.
   * @param keep - types of which none is forgotten
   */
  readonly prune: (before: number, keep?: ReadonlyArray<string>) => Promise<number>
}
