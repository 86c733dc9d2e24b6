import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import { Answered, Failure } from '../api/use-answer.tsx'
import { usePolled } from '../live/use-polled.ts'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { useAction } from '../parts/use-action.ts'
import { addressOf } from '../place.ts'
import { hasEnded, type Job } from './jobs/job.ts'

/** A detection that is under way: how far it is, and a way to end it. What it finds shows by itself. */
export function RunPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const path = `/api/v1/jobs/${encodeURIComponent(query.get('job') ?? '')}`
  const answer = usePolled(path, (signal) => ask<Job>(path, { signal }), { isOver: hasEnded })
  return <Answered of={answer}>{(job) => <RunView job={job} path={path} />}</Answered>
}

function RunView({ job, path }: { readonly job: Job; readonly path: string }): JSX.Element {
  const { state, progress, failure, cancelRequested } = job
  const result = job.output?.['result']
  const cancel = useAction(async () => void (await ask(`${path}/cancel`, { method: 'POST' })))
  useEffect(() => {
    // in place of this page: going back leads to where the run was asked for
    if (state === 'completed' && typeof result === 'string') location.replace(addressOf('result', { id: result }))
  }, [state, result])
  const again = <a href={addressOf('dataset', { id: String(job.input['dataset']) })}>Back to the data set</a>
  if (state === 'failed') {
    return (
      <>
        <Failure why={failure?.message ?? 'The server does not say why.'} />
        <p>{again}</p>
      </>
    )
  }
  if (state === 'cancelled') return <p role="status">The run was cancelled. {again}</p>
  return (
    <>
      <div role="status">
        {state === 'waiting' ? (
          <p>Waiting for its turn ...</p>
        ) : (
          <ProgressBar
            label={cancelRequested ? 'Ending' : (progress?.message ?? 'Looking for anomalies')}
            done={progress?.done ?? 0}
            total={progress?.done === 0 ? undefined : progress?.total}
            unit="rows"
          />
        )}
      </div>
      <p>
        <button type="button" class="quiet" disabled={cancel.isBusy || cancelRequested} onClick={cancel.start}>
          Cancel
        </button>
      </p>
      {cancel.why !== undefined && <Failure why={cancel.why} />}
    </>
  )
}
