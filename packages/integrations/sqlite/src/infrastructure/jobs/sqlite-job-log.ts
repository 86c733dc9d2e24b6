import type { JobCounts, JobLog, JobQuery } from '../../application/ports/job-log.ts'
import { sequenceToken, wholeNumber } from '../../domain/checks.ts'
import { QUEUES } from '../../domain/jobs/job-draft.ts'
import type { Job } from '../../domain/jobs/job.ts'
import type { Page } from '../../domain/page.ts'
import type { Database } from '../database/database.ts'
import { pageOf, pruneInParts } from '../database/parts.ts'
import { number } from '../database/rows.ts'
import { jobOf } from './job-row.ts'
import type { JobStoreDeps } from './sqlite-job-queue.ts'

/** The log of a database file. */
export function sqliteJobLog({ database, changed }: Pick<JobStoreDeps, 'database' | 'changed'>): JobLog {
  return {
    find: (id) =>
      database.read(() => {
        const row = database.sql('SELECT * FROM job WHERE id = ?').get(id)
        return row === undefined ? undefined : jobOf(row)
      }),
    list: (query = {}) => database.read(() => list(database, query)),
    counts: () => database.read(() => counts(database)),
    onChanged: changed.add,
    prune: (before) => pruneInParts(database, 'job', 'finished_at < ?', before),
  }
}

function list(database: Database, { state, type, queue, limit = 100, pageToken }: JobQuery): Page<Job> {
  wholeNumber('limit', limit, 1, 1000)
  const conditions = ['1']
  const values: Array<string | number> = []
  const add = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return
    conditions.push(condition)
    values.push(value)
  }
  add('state = ?', state)
  add('type = ?', type)
  add('queue = ?', queue === undefined ? undefined : QUEUES.indexOf(queue))
  add('seq < ?', sequenceToken(pageToken))
  const rows = database
    .sql(`SELECT * FROM job WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`)
    .all(...values, limit + 1)
  return pageOf(rows, limit, jobOf)
}

function counts(database: Database): JobCounts {
  const waiting = { high: 0, normal: 0, low: 0 }
  const rows = database.sql(`SELECT queue, count(*) AS jobs FROM job WHERE state = 'waiting' GROUP BY queue`).all()
  for (const row of rows) waiting[QUEUES[number(row, 'queue')] ?? 'normal'] += number(row, 'jobs')
  const running = database.sql(`SELECT count(*) AS jobs FROM job WHERE state = 'running'`).get() ?? {}
  return { waiting, running: number(running, 'jobs') }
}
