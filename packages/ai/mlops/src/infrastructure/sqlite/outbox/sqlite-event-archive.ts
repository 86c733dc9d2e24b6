import type { DeadLetter, EventArchive } from '../../../application/ports/event-archive.ts'
import { matchesPattern } from '../../../domain/events/event-pattern.ts'
import type { MlopsEvent } from '../../../domain/events/mlops-event.ts'
import type { Page } from '../../../domain/page.ts'
import { invalidArgument } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'

type EventQuery = Parameters<EventArchive['events']>[0]

const PAGE = 1000

/** The archive of a database file. */
export function sqliteEventArchive(database: Database, { now }: { readonly now: () => number }): EventArchive {
  return {
    events: (query) => database.read(() => events(database, query)),
    deadLetters: (subscription) =>
      database.read(() =>
        database
          .sql(
            `SELECT d.id, d.subscription, d.attempts, d.error, e.body FROM delivery d JOIN event e ON e.seq = d.event
             WHERE d.state = 'dead' AND (?1 IS NULL OR d.subscription = ?1) ORDER BY d.event, d.id LIMIT ${PAGE}`,
          )
          .all(subscription ?? null)
          .map(deadLetterOf),
      ),
    replay: (ids) =>
      database.write(
        () =>
          database
            .sql(
              `UPDATE delivery SET state = 'waiting', attempts = 0, due_at = ?1, error = NULL
               WHERE state = 'dead' AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))`,
            )
            .run(now(), ids === undefined ? null : JSON.stringify(ids)).changes,
      ),
    prune: (before) =>
      database.write(
        () =>
          database
            .sql(
              `DELETE FROM event WHERE at < ?
               AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.event = event.seq AND state <> 'delivered')`,
            )
            .run(before).changes,
      ),
  }
}

function events(database: Database, query: EventQuery): Page<MlopsEvent> {
  const { type, subject, since, limit = PAGE, pageToken } = query
  if (!Number.isInteger(limit) || limit < 1 || limit > 50_000)
    throw invalidArgument('limit', 'a whole number from 1 to 50000', { found: limit })
  const rows = database
    .sql(
      `SELECT seq, type, body FROM event
       WHERE seq > ?1 AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR type GLOB ?4)
       ORDER BY seq`,
    )
    .iterate(afterOf(pageToken), subject ?? null, since ?? null, type ?? null)
  const items: MlopsEvent[] = []
  let last = 0
  for (const row of rows) {
    // GLOB's star spans dots; the pattern's does not.
    if (type !== undefined && !matchesPattern(type, String(row['type']))) continue
    if (items.length === limit) return { items, next: String(last) }
    items.push(JSON.parse(String(row['body'])) as MlopsEvent) // written by appendEvent only
    last = Number(row['seq'])
  }
  return { items }
}

function afterOf(pageToken: string | undefined): number {
  if (pageToken === undefined) return 0
  if (/^\d{1,15}$/.test(pageToken)) return Number(pageToken)
  throw invalidArgument('pageToken', 'no token of this search', { found: pageToken })
}

function deadLetterOf(row: SqlRow): DeadLetter {
  return {
    id: String(row['id']),
    subscription: String(row['subscription']),
    event: JSON.parse(String(row['body'])) as MlopsEvent, // written by appendEvent only
    attempts: Number(row['attempts']),
    error: String(row['error']),
  }
}
