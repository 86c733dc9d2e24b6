import type { MessagePort } from 'node:worker_threads'

import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import type { JobProgress } from '../../domain/jobs/job.ts'

/** What a thread is to run. */
export interface ThreadWork {
  /** The module of the handler, as a URL. */
  readonly file: string
  /** The name that it exports the handler under. */
  readonly name: string
  readonly input: unknown
  readonly job: { readonly id: string; readonly type: string; readonly attempt: number; readonly resumeFrom: unknown }
  readonly port: MessagePort
}

/** What a thread says meanwhile. A checkpoint is answered by its number. */
export type FromThread =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'checkpoint'; readonly number: number; readonly value: unknown }

/** What it is told. */
export type ToThread =
  | { readonly kind: 'abort'; readonly message: string }
  | { readonly kind: 'kept'; readonly number: number; readonly problem?: string }

/** How it went: an error that is thrown would lose its code on the way. */
export type ThreadAnswer =
  | { readonly kind: 'done'; readonly output: unknown; readonly events: ReadonlyArray<CloudEvent> }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly name: string
      readonly code: string | undefined
      readonly retryable: boolean
      readonly retryAfterMs: number
    }
