import type { CloudEvent } from '../../domain/events/cloud-event.ts'

/** By name, such as `detections`. */
export type Counts = Readonly<Record<string, number>>

/** The counts of a day in UTC. */
export interface DayCounts {
  /** Such as `2026-11-20`. */
  readonly day: string
  readonly counts: Counts
}

/** Counts what happens, a day at a time. Jobs that end are counted by the store itself, as `jobsCompleted`, `jobsFailed`, `jobsCancelled`. */
export interface Counters {
  /** Adds to the event's day, once for each event of the log: false where it was counted before, or is not in the log. */
  readonly count: (event: CloudEvent, amounts: Counts) => Promise<boolean>
  /** Days that have counts, the oldest first; `from` and `to`, both included, as days. */
  readonly days: (range?: {
    readonly from?: string | undefined
    readonly to?: string | undefined
  }) => Promise<ReadonlyArray<DayCounts>>
  /** Of all days. */
  readonly totals: () => Promise<Counts>
}
