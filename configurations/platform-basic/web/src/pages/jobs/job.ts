import type { Mood } from '../../parts/badge.tsx'

/** How a job stands. */
export const JOB_STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const

/** What waits in a higher queue goes first. */
export const QUEUES = ['high', 'normal', 'low'] as const

/** A job, as the API tells it. Times are epoch milliseconds. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly queue: (typeof QUEUES)[number]
  readonly state: (typeof JOB_STATES)[number]
  readonly input: Readonly<Record<string, unknown>>
  readonly output?: Readonly<Record<string, unknown>>
  readonly failure?: { readonly message: string; readonly code?: string }
  readonly attempt: number
  readonly attempts: number
  readonly progress?: Progress
  readonly idempotencyKey?: string
  readonly cancelRequested: boolean
  readonly createdAt: number
  readonly dueAt: number
  readonly startedAt?: number
  readonly finishedAt?: number
}

/** How far a job is. */
export interface Progress {
  readonly done: number
  readonly total?: number
  readonly message?: string
}

/** Whether nothing more happens to it by itself. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running'
}

/** Its state as a badge. */
export function stateOf({ state, cancelRequested }: Job): { readonly mood: Mood; readonly text: string } {
  if (state === 'running' && cancelRequested) return { mood: 'warning', text: 'being cancelled' }
  return { mood: MOODS[state], text: state }
}

const MOODS: { readonly [State in Job['state']]: Mood } = {
  waiting: 'plain',
  running: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: 'plain',
}
