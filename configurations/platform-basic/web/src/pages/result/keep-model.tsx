import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import type { ResultInfo } from '../../api/results.ts'
import { Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf } from '../../place.ts'
import { hasEnded, type Job } from '../jobs/job.ts'

/** Trains what was run, with the threshold as it was moved, as the next version of a model. */
export function KeepModel({ info, threshold }: { readonly info: ResultInfo; readonly threshold: number }): JSX.Element {
  const [name, setName] = useState('')
  const [job, setJob] = useState<string>()
  const keep = useAction(async () => {
    const { dataset, columns, algorithm, parameters, options } = info
    const { seed, missing } = options
    const how = { detector: algorithm, parameters, threshold, ...(seed !== undefined && { seed }) }
    const input = { dataset: dataset.id, columns, ...how, ...(missing !== undefined && { missing }), name }
    setJob((await ask<{ readonly id: string }>('/api/v1/jobs', { body: { kind: 'train', input } })).id)
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        keep.start()
      }}
    >
      <label>
        Name of the model
        <input type="text" required value={name} onInput={({ currentTarget: { value } }) => setName(value)} />
      </label>
      <button type="submit" disabled={keep.isBusy}>
        Keep it
      </button>
      {job !== undefined && <Kept key={job} job={job} />}
      {keep.why !== undefined && <Failure why={keep.why} />}
    </form>
  )
}

function Kept({ job }: { readonly job: string }): JSX.Element {
  const path = `/api/v1/jobs/${encodeURIComponent(job)}`
  const answer = usePolled(path, (signal) => ask<Job>(path, { signal }), { isOver: hasEnded })
  if (answer.kind === 'failed') return <Failure why={answer.why} />
  const { state, output, failure } = answer.kind === 'ready' ? answer.value : { state: 'waiting' as const }
  if (state === 'failed') return <Failure why={failure?.message ?? 'The server does not say why.'} />
  const model = output?.['model'] as { readonly name: string; readonly version: number } | undefined // as this kind answers
  return (
    <div role="status">
      {model === undefined ? (
        <ProgressBar label="Training" done={0} />
      ) : (
        <p>
          Kept as version {model.version} of <a href={addressOf('models')}>{model.name}</a>. To score other data with
          it, choose a <a href={addressOf('datasets')}>data set</a>.
        </p>
      )}
    </div>
  )
}
