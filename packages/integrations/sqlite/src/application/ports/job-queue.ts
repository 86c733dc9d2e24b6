import type { Job, JobDraft } from '../../domain/jobs/job.ts'

/**
 * Takes jobs. What a call answered is kept, whatever then happens to the process. Any number of processes may use one queue.
 * Rejects with `invalid-argument`, `not-found`, `invalid-state`, `idempotency-conflict`, or what the store says; then nothing was changed.
 */
export interface JobQueue {
  /**
   * Adds a job. With an idempotency key that is there the job of that key, `created: false`; another type or input under it is refused
   * (`idempotency-conflict`).
   */
  readonly enqueue: (draft: JobDraft) => Promise<{ readonly job: Job; readonly created: boolean }>
  /** Ends a job: at once where it waits; a running one is told, and ends soon. One that has ended stays as it is. */
  readonly cancel: (id: string) => Promise<Job>
  /**
   * Makes a failed or cancelled job wait again, with all its attempts, from its checkpoint.
   * @throws `invalid-state` for one that waits, runs or is completed
   */
  readonly retry: (id: string) => Promise<Job>
}
