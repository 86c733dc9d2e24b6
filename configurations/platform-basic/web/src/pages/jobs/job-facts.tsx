import type { JSX } from 'preact'

import { timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { type Fact, Facts } from '../../parts/facts.tsx'
import { addressOf } from '../../place.ts'
import type { Job } from './job.ts'

/** What is known of a job: its data, queue, attempts and times. */
export function JobFacts({ job }: { readonly job: Job }): JSX.Element {
  const { queue, attempt, attempts, createdAt, startedAt, finishedAt, idempotencyKey, input } = job
  const dataset = input['dataset']
  const facts: ReadonlyArray<Fact> = [
    ['Data set', typeof dataset === 'string' && <a href={addressOf('dataset', { id: dataset })}>{dataset}</a>],
    ['Queue', queue],
    ['Attempt', `${attempt} of at most ${attempts}`],
    ['Asked for', timeText(createdAt)],
    ['Begun', startedAt !== undefined && timeText(startedAt)],
    [
      'Ended',
      startedAt !== undefined &&
        finishedAt !== undefined &&
        `${timeText(finishedAt)}, after ${durationText(finishedAt - startedAt)}`,
    ],
    ['Idempotency key', idempotencyKey],
  ]
  return (
    <>
      <h2>About it</h2>
      <Facts of={facts} />
    </>
  )
}
