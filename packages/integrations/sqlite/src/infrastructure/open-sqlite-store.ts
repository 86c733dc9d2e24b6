import type { AuditLog } from '../application/ports/audit-log.ts'
import type { Counters } from '../application/ports/counters.ts'
import type { DeadLetters } from '../application/ports/dead-letters.ts'
import type { EventLog } from '../application/ports/event-log.ts'
import type { EventOutbox, EventSubscriptions } from '../application/ports/event-outbox.ts'
import type { JobClaims } from '../application/ports/job-claims.ts'
import type { JobLog } from '../application/ports/job-log.ts'
import type { JobQueue } from '../application/ports/job-queue.ts'
import type { WebhookStore } from '../application/ports/webhook-store.ts'
import { sqliteAuditLog } from './audit/sqlite-audit-log.ts'
import { sqliteCounters } from './counters/sqlite-counters.ts'
import { Database } from './database/database.ts'
import { sqliteDeadLetters, sqliteEventLog } from './events/sqlite-event-log.ts'
import { sqliteEventOutbox, sqliteSubscriptions } from './events/sqlite-event-outbox.ts'
import { sqliteJobClaims } from './jobs/sqlite-job-claims.ts'
import { sqliteJobLog } from './jobs/sqlite-job-log.ts'
import { sqliteJobQueue } from './jobs/sqlite-job-queue.ts'
import { Listeners } from './listeners.ts'
import { sqliteWebhookStore } from './webhooks/sqlite-webhook-store.ts'

/** How the store is opened. */
export interface SqliteStoreOptions {
  /** A file on a local disk, made when absent, or `:memory:`. */
  readonly path: string
  /**
   * True: what was acknowledged is on the disk, also after a power cut. Default false: it survives the end of the process, however it
   * comes.
   */
  readonly durable?: boolean | undefined
  /** Epoch milliseconds; default the clock. */
  readonly now?: (() => number) | undefined
  /** Unique for every call; default random UUIDs. */
  readonly newId?: (() => string) | undefined
}

/** Jobs, events, webhooks, audit log and counters of one file, port by port. Several processes of one machine may open it. */
export interface SqliteStore {
  readonly queue: JobQueue
  readonly log: JobLog
  readonly claims: JobClaims
  readonly outbox: EventOutbox
  readonly subscriptions: EventSubscriptions
  readonly events: EventLog
  readonly deadLetters: DeadLetters
  readonly webhooks: WebhookStore
  readonly audit: AuditLog
  readonly counters: Counters
  /** Writes what waits and closes the file; again is harmless. */
  readonly close: () => Promise<void>
}

/**
 * Opens the store of jobs and events.
 * @throws SqliteError `sqlite/unsupported-format`, `sqlite/corrupt-store`, `sqlite/storage-failed`
 */
export function openSqliteStore(options: SqliteStoreOptions): SqliteStore {
  const { path, durable = false, now = Date.now, newId = () => crypto.randomUUID() } = options
  const database = new Database({ path, durable })
  const [changed, appended] = [new Listeners<[id: string]>(), new Listeners<[]>()]
  const deps = { database, changed, appended, now, newId }
  return {
    queue: sqliteJobQueue(deps),
    log: sqliteJobLog(deps),
    claims: sqliteJobClaims(deps),
    outbox: sqliteEventOutbox(deps),
    subscriptions: sqliteSubscriptions(deps),
    events: sqliteEventLog(deps),
    deadLetters: sqliteDeadLetters(deps),
    webhooks: sqliteWebhookStore(deps),
    audit: sqliteAuditLog(deps),
    counters: sqliteCounters(deps),
    close: () => database.close(),
  }
}
