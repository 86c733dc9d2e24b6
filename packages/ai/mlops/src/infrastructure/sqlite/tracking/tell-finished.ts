import { eventOf } from '../../../domain/events/mlops-event.ts'
import type { Run } from '../../../domain/run.ts'
import { appendEvent } from '../outbox/append-event.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Inside a write: tells subscribers that a run has ended, however it did; of an open run nothing is told. */
export function tellFinished(context: TrackingContext, { id: runId, experimentId, name, status }: Run): void {
  if (status === 'RUNNING' || status === 'SCHEDULED') return
  const data = { runId, experimentId, name, status }
  const event = eventOf({ type: 'nomaly.run.finished', subject: runId, data }, context)
  appendEvent(context.database, event, { onlyIfWanted: true })
}
