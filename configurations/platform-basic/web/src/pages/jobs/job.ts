import type { Job as KeptJob } from '@nomaly/integration-sqlite'

import type { Mood } from '../../parts/badge.tsx'

/** How a job stands. */
export const JOB_STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const

/** What waits in a higher queue goes first. */
export const QUEUES = ['high', 'normal', 'low'] as const

/** A job, as the API tells it. */
export interface Job extends Omit<KeptJob, 'type' | 'priority' | 'input' | 'output'> {
  readonly kind: string
  readonly input: Readonly<Record<string, unknown>>
  readonly output?: Readonly<Record<string, unknown>>
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
