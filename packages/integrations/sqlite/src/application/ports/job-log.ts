import type { Job, JobState, QueueName } from '../../domain/jobs/job.ts'
import type { Page } from '../../domain/page.ts'

/** Which jobs: all that fit every member given. */
export interface JobQuery {
  readonly state?: JobState | undefined
  readonly type?: string | undefined
  readonly queue?: QueueName | undefined
  /** 1 to 1,000; default 100. */
  readonly limit?: number | undefined
  /** `next` of the page before. */
  readonly pageToken?: string | undefined
}

/** How much there is to do. */
export interface JobCounts {
  /** Jobs that wait, also for their next attempt, by queue. */
  readonly waiting: Readonly<Record<QueueName, number>>
  readonly running: number
}

/** What has become of jobs. */
export interface JobLog {
  readonly find: (id: string) => Promise<Job | undefined>
  /** The newest first. */
  readonly list: (query?: JobQuery) => Promise<Page<Job>>
  readonly counts: () => Promise<JobCounts>
  /** Calls back soon after this process has changed a job. Answers how to stop it. */
  readonly onChanged: (listener: (id: string) => void) => () => void
  /** Forgets jobs that ended before, in epoch milliseconds, and their keys. Answers how many. */
  readonly prune: (before: number) => Promise<number>
}
