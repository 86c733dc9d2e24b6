import type { Failure } from '../failure.ts'

/** Three queues: what waits in a higher one goes first, but for every eighth job, which is taken from the lowest that waits. */
export type QueueName = 'high' | 'normal' | 'low'

/**
 * `waiting` (also for its next attempt), `running`, and how it ended. A job whose process ended is `running` until its lease runs out:
 * then it is gone on with, or failed where no attempt is left.
 */
export type JobState = 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled'

/** How far a job is. */
export interface JobProgress {
  /** In a unit of the handler's. */
  readonly done: number
  readonly total?: number
  readonly message?: string
}

/** A job as it is kept: plain JSON. Times are epoch milliseconds. */
export interface Job {
  readonly id: string
  /** Which handler it is for. */
  readonly type: string
  readonly queue: QueueName
  /** Within its queue; higher goes first. */
  readonly priority: number
  readonly state: JobState
  readonly input: unknown
  /** What the handler answered. */
  readonly output?: unknown
  /** Why the last attempt failed, also while the next one is waited for. */
  readonly failure?: Failure
  /** Attempts begun. */
  readonly attempt: number
  /** Most attempts. */
  readonly attempts: number
  readonly progress?: JobProgress
  readonly idempotencyKey?: string
  /** A running job was asked to end. */
  readonly cancelRequested: boolean
  readonly createdAt: number
  /** It is not begun before. */
  readonly dueAt: number
  /** Of the last attempt. */
  readonly startedAt?: number
  readonly finishedAt?: number
}

/** What is asked for. */
export interface JobDraft {
  /** Letters, digits, `.`, `_` and `-`; at most 100. */
  readonly type: string
  /** JSON; null by default. */
  readonly input?: unknown
  /** Default `normal`. */
  readonly queue?: QueueName
  /** From -1,000 to 1,000; default 0, higher goes first. */
  readonly priority?: number
  /** Most attempts, 1 to 100; default 3. */
  readonly attempts?: number
  /** Milliseconds before it may begin; default 0. */
  readonly delayMs?: number
  /** At most 200 characters: the same key again gives the job that is there. */
  readonly idempotencyKey?: string
}
