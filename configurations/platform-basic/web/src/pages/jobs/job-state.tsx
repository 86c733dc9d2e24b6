import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { numberText, timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { type Job, stateOf } from './job.ts'
import { type Look, lookedAgain, paceOf } from './pace.ts'

/** How a job stands and, while it runs, how far it is, how fast, and how long it will take. */
export function JobState({ job }: { readonly job: Job }): JSX.Element {
  const { state, progress: { done = 0, total, message = 'begun' } = { done: 0 }, dueAt, attempt } = job
  const [looks, setLooks] = useState<ReadonlyArray<Look>>([])
  useEffect(() => {
    setLooks((before) => (state === 'running' ? lookedAgain(before, { at: performance.now(), done }) : []))
  }, [state, done, attempt])
  const pace = paceOf(looks, { total })
  return (
    <>
      <p role="status">
        <Badge {...stateOf(job)} />
        {/* in tenths, as it is read out to who does not see the bar */}
        {state === 'running' && total !== undefined && total > 0 && (
          <span class="hidden">, {Math.floor((10 * done) / total) * 10} % done</span>
        )}
        {state === 'waiting' && attempt > 0 && ` It is tried again at ${timeText(dueAt)}.`}
      </p>
      {state === 'running' && (
        <>
          <ProgressBar label={message} done={done} total={total} />
          <p>
            {pace === undefined ? 'How long it will take shows soon.' : `${numberText(pace.perSecond)} a second`}
            {pace?.leftMs !== undefined && `, about ${durationText(pace.leftMs)} left`}
          </p>
        </>
      )}
    </>
  )
}
