import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import { Answered, Failure } from '../api/use-answer.tsx'
import { usePolled } from '../live/use-polled.ts'
import { JobState } from '../pages/jobs/job-state.tsx'
import { hasEnded, type Job } from '../pages/jobs/job.ts'
import { addressOf } from '../place.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { useAction } from './use-action.ts'

/** Asks for a job. @returns its id */
export async function askForJob(kind: string, input: Readonly<Record<string, unknown>>): Promise<string> {
  const { id } = await ask<Job>('/api/v1/jobs', { body: { kind, queue: 'high', input } })
  return id
}

/** How a job goes, with a way to end it; where it goes on once it is done is the page's to say. */
export function FollowedJob({
  id,
  onDone,
}: {
  readonly id: string
  readonly onDone: (output: Readonly<Record<string, unknown>>) => void
}): JSX.Element {
  const path = `/api/v1/jobs/${encodeURIComponent(id)}`
  const answer = usePolled(`job ${id}`, (signal) => ask<Job>(path, { signal }), { isOver: hasEnded })
  const cancel = useAction(async () => void (await ask(`${path}/cancel`, { method: 'POST' })))
  const output = answer.kind === 'ready' && answer.value.state === 'completed' ? answer.value.output : undefined
  useEffect(() => {
    if (output !== undefined) onDone(output)
  }, [output])
  return (
    <Answered of={answer}>
      {(job) => (
        <div class="followed">
          <JobState job={job} />
          {job.state === 'failed' && <Failure why={job.failure?.message ?? ''} />}
          {cancel.why !== undefined && <Failure why={cancel.why} />}
          <p>
            <a href={addressOf('job', { id })}>More about this job</a>{' '}
            {!hasEnded(job) && !job.cancelRequested && (
              <ConfirmButton label="Cancel this job" onConfirm={cancel.start}>
                Cancel
              </ConfirmButton>
            )}
          </p>
        </div>
      )}
    </Answered>
  )
}
