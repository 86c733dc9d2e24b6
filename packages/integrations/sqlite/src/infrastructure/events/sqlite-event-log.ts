import type { DeadLetter, DeadLetters } from '../../application/ports/dead-letters.ts'
import type { EventLog, EventQuery, LoggedEvent } from '../../application/ports/event-log.ts'
import { wholeNumber } from '../../domain/checks.ts'
import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import { checkPatterns, matchesPattern } from '../../domain/events/event-pattern.ts'
import type { Database } from '../database/database.ts'
import { pruneInParts } from '../database/parts.ts'
import { json, number, type Row, text } from '../database/rows.ts'
import type { EventStoreDeps } from './sqlite-event-outbox.ts'

const BLOCK = 2000
const NEXT = `SELECT seq, type, body FROM event WHERE seq > ? ORDER BY seq LIMIT ${BLOCK}`

/** The log of a database file. */
export function sqliteEventLog({ database }: Pick<EventStoreDeps, 'database'>): EventLog {
  return {
    read: (query = {}) => read(database, query),
    last: () =>
      database.read(() => number(database.sql('SELECT ifnull(max(seq), 0) AS seq FROM event').get() ?? {}, 'seq')),
    prune: (before, keep = []) =>
      pruneInParts(
        database,
        'event',
        `kept_at < ? AND type NOT IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.event = event.seq)`,
        before,
        JSON.stringify(keep),
      ),
  }
}

/** The dead letters of a database file. */
export function sqliteDeadLetters({ database, appended, now }: Omit<EventStoreDeps, 'newId'>): DeadLetters {
  return {
    list: (subscription) =>
      database.read(() =>
        database
          .sql(
            `SELECT d.id, d.subscription, d.attempts, d.error, e.body FROM delivery d JOIN event e ON e.seq = d.event
             WHERE d.state = 'dead' AND d.subscription = ifnull(?, d.subscription) ORDER BY d.event, d.id LIMIT 1000`,
          )
          .all(subscription ?? null)
          .map(deadLetterOf),
      ),
    replay: async (ids) => {
      const again = `UPDATE delivery SET state = 'waiting', attempts = 0, due_at = ?, error = NULL WHERE state = 'dead'`
      const count = await database.write(() =>
        ids === undefined
          ? database.sql(again).run(now()).changes
          : database.sql(`${again} AND id IN (SELECT value FROM json_each(?))`).run(now(), JSON.stringify(ids)).changes,
      )
      appended.tell()
      return Number(count)
    },
    discard: (ids) =>
      database.write(() =>
        Number(
          database
            .sql(`DELETE FROM delivery WHERE state = 'dead' AND id IN (SELECT value FROM json_each(?))`)
            .run(JSON.stringify(ids)).changes,
        ),
      ),
  }
}

async function read(database: Database, query: EventQuery): Promise<ReadonlyArray<LoggedEvent>> {
  const { after = 0, patterns, limit = 1000 } = query
  wholeNumber('limit', limit, 1, 10_000)
  wholeNumber('after', after, 0, Number.MAX_SAFE_INTEGER)
  const wanted = patterns === undefined ? undefined : checkPatterns(patterns)
  const found: LoggedEvent[] = []
  // In blocks, between which others have their turn: a pattern may be rare among many events.
  for (let from = after; ;) {
    const rows = await database.read(() => database.sql(NEXT).all(from))
    for (const row of rows) {
      if (wanted !== undefined && !wanted.some((pattern) => matchesPattern(pattern, text(row, 'type')))) continue
      found.push({ sequence: number(row, 'seq'), event: json(row, 'body') as CloudEvent }) // written by appendEvents only
      if (found.length === limit) return found
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < BLOCK) return found
    from = number(last, 'seq')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function deadLetterOf(row: Row): DeadLetter {
  return {
    id: text(row, 'id'),
    subscription: text(row, 'subscription'),
    event: json(row, 'body') as CloudEvent, // written by appendEvents only
    attempts: number(row, 'attempts'),
    error: text(row, 'error'),
  }
}
