import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Job, JobProgress, QueueName } from '../../domain/jobs/job.ts'

/** Which job is wanted. */
export interface ClaimRequest {
  readonly types: ReadonlyArray<string>
  /** The first queue with a job that is due gives it. */
  readonly queues: ReadonlyArray<QueueName>
  /** Nobody else gets the job for so long, unless the claim is renewed. */
  readonly leaseMs: number
  /** Jobs that this process still works on, though their lease may have run out: they are not taken twice. */
  readonly except: ReadonlyArray<string>
}

/** A job that is this process's to run. */
export interface Claim {
  readonly job: Job
  /** Names the claim. */
  readonly lease: string
  /** What an earlier attempt had left. */
  readonly checkpoint?: unknown
}

/** How an attempt ended. `at` in epoch milliseconds. */
export type JobOutcome =
  | { readonly kind: 'completed'; readonly output: unknown; readonly events: ReadonlyArray<CloudEvent> }
  | { readonly kind: 'retry'; readonly at: number; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }
  /** The process ends: the attempt does not count. */
  | { readonly kind: 'released' }

/** Hands out jobs that are due, also those whose process ended: their lease runs out. Safe with several processes on one store. */
export interface JobClaims {
  /**
   * The next job: by queue, then priority, then age. Jobs whose lease ran out are among them, where an attempt is left; others of them
   * become failed with a reason, or cancelled where that was asked.
   */
  readonly claim: (request: ClaimRequest) => Promise<Claim | undefined>
  /** Keeps a claim for another `leaseMs`, and what the handler tells. `lost`: the job is another's, or ended. */
  readonly renew: (
    claim: Pick<Claim, 'lease'>,
    leaseMs: number,
    told: { readonly progress?: JobProgress | undefined; readonly checkpoint?: unknown },
  ) => Promise<'held' | 'cancel-requested' | 'lost'>
  /** Ends an attempt, in one transaction with the events of a completed one. False where the claim was lost: nothing changes then. */
  readonly settle: (
    claim: Pick<Claim, 'lease'>,
    outcome: JobOutcome,
    progress: JobProgress | undefined,
  ) => Promise<boolean>
}
