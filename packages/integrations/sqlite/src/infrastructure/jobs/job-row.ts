import type { Failure } from '../../domain/failure.ts'
import { QUEUES } from '../../domain/jobs/job-draft.ts'
import type { Job, JobProgress, JobState } from '../../domain/jobs/job.ts'
import { json, number, type Row, text } from '../database/rows.ts'

/** The job of a row. */
export function jobOf(row: Row): Job {
  const output = json(row, 'output')
  const failure = json(row, 'failure') as Failure | undefined // written by this package only, as the next one
  const progress = json(row, 'progress') as JobProgress | undefined
  return {
    id: text(row, 'id'),
    type: text(row, 'type'),
    queue: QUEUES[number(row, 'queue')] ?? 'normal',
    priority: number(row, 'priority'),
    state: text(row, 'state') as JobState, // the table's CHECK
    input: json(row, 'input'),
    ...(output === undefined ? {} : { output }),
    ...(failure === undefined ? {} : { failure }),
    attempt: number(row, 'attempt'),
    attempts: number(row, 'attempts'),
    ...(progress === undefined ? {} : { progress }),
    ...(row['idempotency_key'] === null ? {} : { idempotencyKey: text(row, 'idempotency_key') }),
    cancelRequested: number(row, 'cancel_requested') === 1,
    createdAt: number(row, 'created_at'),
    dueAt: number(row, 'due_at'),
    ...(row['started_at'] === null ? {} : { startedAt: number(row, 'started_at') }),
    ...(row['finished_at'] === null ? {} : { finishedAt: number(row, 'finished_at') }),
  }
}
