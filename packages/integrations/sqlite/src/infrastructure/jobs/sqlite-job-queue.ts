import type { JobQueue } from '../../application/ports/job-queue.ts'
import { SqliteError } from '../../domain/errors.ts'
import { type CheckedDraft, checkDraft, QUEUES } from '../../domain/jobs/job-draft.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Database } from '../database/database.ts'
import type { Listeners } from '../listeners.ts'
import { jobOf } from './job-row.ts'

/** What the stores of jobs work with. */
export interface JobStoreDeps {
  readonly database: Database
  readonly changed: Listeners<[id: string]>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** The queue of a database file. */
export function sqliteJobQueue({ database, changed, now, newId }: JobStoreDeps): JobQueue {
  const told = (job: Job): Job => {
    changed.tell(job.id)
    return job
  }
  return {
    enqueue: async (draft) => {
      const checked = checkDraft(draft)
      const answer = await database.write(() => enqueue(database, checked, newId(), now()))
      if (answer.created) changed.tell(answer.job.id)
      return answer
    },
    cancel: async (id) => told(await database.write(() => cancel(database, id, now()))),
    retry: async (id) => told(await database.write(() => retry(database, id, now()))),
  }
}

/** Inside a transaction. @throws SqliteError `sqlite/not-found` */
function foundJob(database: Database, id: string): Job {
  const row = database.sql('SELECT * FROM job WHERE id = ?').get(id)
  if (row !== undefined) return jobOf(row)
  throw new SqliteError('sqlite/not-found', `there is no job ${id}`, { entity: 'job', key: id })
}

function enqueue(
  database: Database,
  draft: CheckedDraft,
  id: string,
  at: number,
): { readonly job: Job; readonly created: boolean } {
  const { type, input, queue, priority, attempts, delayMs, idempotencyKey } = draft
  if (idempotencyKey !== null) {
    const row = database.sql('SELECT * FROM job WHERE idempotency_key = ?').get(idempotencyKey)
    if (row !== undefined) {
      const job = jobOf(row)
      if (row['type'] === type && row['input'] === input) return { job, created: false }
      throw new SqliteError(
        'sqlite/idempotency-conflict',
        `the key ${JSON.stringify(idempotencyKey)} belongs to a job of another kind or input`,
        { key: idempotencyKey, job: job.id },
      )
    }
  }
  database
    .sql(
      `INSERT INTO job (id, type, queue, priority, state, input, attempts, idempotency_key, created_at, due_at)
       VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?)`,
    )
    .run(id, type, QUEUES.indexOf(queue), priority, input, attempts, idempotencyKey, at, at + delayMs)
  return { job: foundJob(database, id), created: true }
}

function cancel(database: Database, id: string, at: number): Job {
  database.sql(`UPDATE job SET state = 'cancelled', finished_at = ? WHERE id = ? AND state = 'waiting'`).run(at, id)
  database.sql(`UPDATE job SET cancel_requested = 1 WHERE id = ? AND state = 'running'`).run(id)
  return foundJob(database, id)
}

function retry(database: Database, id: string, at: number): Job {
  const { changes } = database
    .sql(
      `UPDATE job SET state = 'waiting', attempt = 0, due_at = ?, cancel_requested = 0,
         failure = NULL, progress = NULL, started_at = NULL, finished_at = NULL
       WHERE id = ? AND state IN ('failed', 'cancelled')`,
    )
    .run(at, id)
  const job = foundJob(database, id)
  if (changes === 1) return job
  throw new SqliteError(
    'sqlite/invalid-state',
    `job ${id} is ${job.state}: only failed and cancelled jobs can be tried again`,
    { key: id, state: job.state },
  )
}
