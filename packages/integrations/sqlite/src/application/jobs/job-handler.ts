import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import type { JobProgress } from '../../domain/jobs/job.ts'

/** What a handler has at hand. */
export interface JobContext {
  readonly id: string
  readonly type: string
  /** From 1 on, this one included. */
  readonly attempt: number
  /** Aborted when the job is cancelled, takes too long, or the process ends; its `reason` says which. */
  readonly signal: AbortSignal
  /** Tells how far it is; kept within half a second, and at the end. */
  readonly progress: (progress: JobProgress) => void
  /** Keeps JSON from which a later attempt can go on; it is kept when this resolves. */
  readonly checkpoint: (value: unknown) => Promise<void>
  /** The last checkpoint of an earlier attempt; undefined without one. */
  readonly resumeFrom: unknown
  /** Publishes an event together with the completion of the job: with a failed attempt it is forgotten. */
  readonly emit: (event: CloudEvent) => void
}

/**
 * Does a job: its answer, JSON, is the job's output. It runs at least once, so it must be idempotent by `context.id`. A rejection is a
 * failed attempt; `details` of the error may say `retryable: false` or `retryAfterMs`.
 */
export type JobHandler = (input: unknown, context: JobContext) => Promise<unknown>

/** A handler with its limits. */
export interface HandledType {
  readonly handle: JobHandler
  /** Milliseconds that one attempt may take; default: no limit. */
  readonly timeoutMs?: number | undefined
}
