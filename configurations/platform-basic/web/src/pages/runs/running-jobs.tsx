import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { usePolled } from '../../live/use-polled.ts'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { addressOf } from '../../place.ts'
import type { Job } from '../jobs/job.ts'

/** Detections that wait or run. Says when one has ended. */
export function RunningJobs({
  dataset,
  onEnded,
}: {
  /** Only those on it; empty: all. */
  readonly dataset: string
  readonly onEnded: () => void
}): JSX.Element | null {
  const answer = usePolled('detections under way', async (signal) => {
    const ofState = (state: string): Promise<{ readonly items: ReadonlyArray<Job> }> =>
      ask(`/api/v1/jobs?kind=detect&state=${state}&limit=100`, { signal })
    const [running, waiting] = await Promise.all([ofState('running'), ofState('waiting')])
    return [...running.items, ...waiting.items]
  })
  const jobs = answer.kind === 'ready' ? answer.value : []
  const before = useRef<ReadonlyArray<string>>([])
  useEffect(() => {
    const ids = jobs.map(({ id }) => id)
    if (before.current.some((id) => !ids.includes(id))) onEnded()
    before.current = ids
  }, [jobs])
  const shown = jobs.filter(({ input }) => dataset === '' || input['dataset'] === dataset)
  if (shown.length === 0) return null
  return (
    <section aria-label="Under way">
      <h2>Under way</h2>
      {shown.map(({ id, state, progress }) => (
        <div key={id} class="row">
          <ProgressBar
            label={state === 'waiting' ? 'Waiting' : (progress?.message ?? 'Running')}
            done={progress?.done ?? 0}
            total={progress?.total}
            unit="rows"
          />
          <a href={addressOf('run', { job: id })}>Look</a>
        </div>
      ))}
    </section>
  )
}
