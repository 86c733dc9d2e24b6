import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { useAction } from '../../parts/use-action.ts'
import { JobFacts } from './job-facts.tsx'
import { JobOutput } from './job-output.tsx'
import { JobState } from './job-state.tsx'
import { hasEnded, type Job } from './job.ts'

/** A job: how it goes, what came of it, and what may be done about it. */
export function JobPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const path = `/api/v1/jobs/${encodeURIComponent(id)}`
  const [round, setRound] = useState(0)
  const answer = usePolled(`job ${id}`, (signal) => ask<Job>(path, { signal }), { isOver: hasEnded, round })
  const acting = useAction(async (what: 'cancel' | 'retry') => {
    await ask(`${path}/${what}`, { method: 'POST' })
    setRound((before) => before + 1)
  })
  return (
    <>
      {acting.why !== undefined && <Failure why={acting.why} />}
      <Answered of={answer}>
        {(job) => (
          <>
            <h2>
              {job.kind} {job.id}
            </h2>
            <JobState job={job} />
            {!hasEnded(job) && !job.cancelRequested && (
              <ConfirmButton label="Cancel this job" onConfirm={() => acting.start('cancel')}>
                Cancel
              </ConfirmButton>
            )}
            {(job.state === 'failed' || job.state === 'cancelled') && (
              <button type="button" disabled={acting.isBusy} onClick={() => acting.start('retry')}>
                Try again
              </button>
            )}
            <JobFailure job={job} />
            {job.output !== undefined && <JobOutput id={job.id} kind={job.kind} output={job.output} />}
            <JobFacts job={job} />
            <h3>Asked with</h3>
            <JsonView label="Input" value={job.input} />
          </>
        )}
      </Answered>
    </>
  )
}

function JobFailure({ job: { state, failure } }: { readonly job: Job }): JSX.Element | null {
  if (failure === undefined || state === 'completed') return null
  return (
    <p class="failure">
      <strong>{state === 'failed' ? 'It failed.' : 'The last attempt failed.'}</strong> {failure.message}{' '}
      {failure.code !== undefined && <code>{failure.code}</code>}
    </p>
  )
}
