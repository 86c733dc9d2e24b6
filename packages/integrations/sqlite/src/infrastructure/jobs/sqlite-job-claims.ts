import type { Claim, ClaimRequest, JobClaims, JobOutcome } from '../../application/ports/job-claims.ts'
import { jsonText } from '../../domain/checks.ts'
import { QUEUES } from '../../domain/jobs/job-draft.ts'
import type { JobProgress } from '../../domain/jobs/job.ts'
import type { Database } from '../database/database.ts'
import { json, number, text } from '../database/rows.ts'
import { appendEvents } from '../events/append-events.ts'
import type { Listeners } from '../listeners.ts'
import { jobOf } from './job-row.ts'
import type { JobStoreDeps } from './sqlite-job-queue.ts'

/** What claims work with. */
export interface JobClaimsDeps extends JobStoreDeps {
  readonly appended: Listeners<[]>
}

const DUE = `SELECT id FROM job WHERE state = 'waiting' AND queue = ? AND due_at <= ?
  AND type IN (SELECT value FROM json_each(?)) ORDER BY priority DESC, seq LIMIT 1`
const EXPIRED = `state = 'running' AND lease_until <= ? AND id NOT IN (SELECT value FROM json_each(?))`

/** The claims of a database file. */
export function sqliteJobClaims(deps: JobClaimsDeps): JobClaims {
  const { database, changed, appended, now, newId } = deps
  return {
    claim: async (request) => {
      // Most looks find nothing: they shall not take the write lock.
      if (!(await database.read(() => isAnyDue(database, request, now())))) return undefined
      const { claim, touched } = await database.write(() => claimNext(database, request, newId(), now()))
      for (const id of touched) changed.tell(id)
      return claim
    },
    renew: async ({ lease }, leaseMs, { progress, checkpoint }) => {
      const kept = [progress, checkpoint].map((value) => (value === undefined ? null : jsonText('progress', value)))
      const row = await database.write(() =>
        database
          .sql(
            `UPDATE job SET lease_until = ?, progress = ifnull(?, progress), checkpoint = ifnull(?, checkpoint)
             WHERE lease = ? RETURNING id, cancel_requested, progress`,
          )
          .get(now() + leaseMs, kept[0] ?? null, kept[1] ?? null, lease),
      )
      if (row === undefined) return 'lost'
      if (progress !== undefined) changed.tell(text(row, 'id'))
      return number(row, 'cancel_requested') === 1 ? 'cancel-requested' : 'held'
    },
    settle: async ({ lease }, outcome, progress) => {
      const id = await database.write(() => settle(database, lease, outcome, progress, now()))
      if (id === undefined) return false
      changed.tell(id)
      if (outcome.kind === 'completed' && outcome.events.length > 0) appended.tell()
      return true
    },
  }
}

function isAnyDue(database: Database, { types, queues, except }: ClaimRequest, at: number): boolean {
  const isExpired = database.sql(`SELECT 1 FROM job WHERE ${EXPIRED} LIMIT 1`).get(at, JSON.stringify(except))
  if (isExpired !== undefined) return true
  const wanted = JSON.stringify(types)
  return queues.some((queue) => database.sql(DUE).get(QUEUES.indexOf(queue), at, wanted) !== undefined)
}

function claimNext(
  database: Database,
  { types, queues, leaseMs, except }: ClaimRequest,
  lease: string,
  at: number,
): { readonly claim: Claim | undefined; readonly touched: ReadonlyArray<string> } {
  const touched = [...takeBack(database, except, at)]
  const wanted = JSON.stringify(types)
  for (const queue of queues) {
    const row = database
      .sql(
        `UPDATE job SET state = 'running', attempt = attempt + 1, started_at = ?, lease = ?, lease_until = ?, failure = NULL
         WHERE id IN (${DUE}) RETURNING *`,
      )
      .get(at, lease, at + leaseMs, QUEUES.indexOf(queue), at, wanted)
    if (row === undefined) continue
    const checkpoint = json(row, 'checkpoint')
    const job = jobOf(row)
    return { claim: { job, lease, ...(checkpoint === undefined ? {} : { checkpoint }) }, touched: [...touched, job.id] }
  }
  return { claim: undefined, touched }
}

/** Jobs whose process ended: cancelled where that was asked, failed where no attempt is left, else they wait again. */
function takeBack(database: Database, except: ReadonlyArray<string>, at: number): ReadonlyArray<string> {
  const ended = `json_object('message', 'the process ended during attempt ' || attempt || ' of ' || attempts)`
  const rows = database
    .sql(
      `UPDATE job SET lease = NULL, lease_until = NULL,
         failure = CASE WHEN cancel_requested = 1 THEN failure ELSE ${ended} END,
         finished_at = CASE WHEN cancel_requested = 1 OR attempt >= attempts THEN ? END,
         state = CASE WHEN cancel_requested = 1 THEN 'cancelled' WHEN attempt >= attempts THEN 'failed' ELSE 'waiting' END
       WHERE ${EXPIRED} RETURNING id`,
    )
    .all(at, at, JSON.stringify(except))
  return rows.map((row) => text(row, 'id'))
}

function settle(
  database: Database,
  lease: string,
  outcome: JobOutcome,
  progress: JobProgress | undefined,
  at: number,
): string | undefined {
  const row = database.sql('SELECT id, cancel_requested FROM job WHERE lease = ?').get(lease)
  if (row === undefined) return undefined
  const id = text(row, 'id')
  const isGivenUp = number(row, 'cancel_requested') === 1 && (outcome.kind === 'retry' || outcome.kind === 'released')
  const kind = isGivenUp ? 'cancelled' : outcome.kind
  const waits = kind === 'retry' || kind === 'released'
  database
    .sql(
      `UPDATE job SET state = ?, output = ?, failure = ?, progress = ifnull(?, progress), due_at = ifnull(?, due_at),
         attempt = attempt - ?, finished_at = ?, lease = NULL, lease_until = NULL WHERE id = ?`,
    )
    .run(
      waits ? 'waiting' : kind,
      outcome.kind === 'completed' ? jsonText('output', outcome.output) : null,
      'failure' in outcome ? JSON.stringify(outcome.failure) : null,
      progress === undefined ? null : jsonText('progress', progress),
      outcome.kind === 'retry' ? outcome.at : null,
      kind === 'released' ? 1 : 0,
      waits ? null : at,
      id,
    )
  if (outcome.kind === 'completed') appendEvents(database, outcome.events, at)
  return id
}
