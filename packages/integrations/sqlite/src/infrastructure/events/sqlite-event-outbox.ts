import type {
  Delivery,
  DeliveryOutcome,
  EventOutbox,
  EventSubscriptions,
} from '../../application/ports/event-outbox.ts'
import { invalidArgument } from '../../domain/checks.ts'
import { type CloudEvent, eventText } from '../../domain/events/cloud-event.ts'
import { checkPatterns } from '../../domain/events/event-pattern.ts'
import type { Database } from '../database/database.ts'
import { json, number, text } from '../database/rows.ts'
import type { Listeners } from '../listeners.ts'
import { appendEvents, patternsOf } from './append-events.ts'

/** What the stores of events work with. */
export interface EventStoreDeps {
  readonly database: Database
  readonly appended: Listeners<[]>
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

const DUE = `SELECT id FROM delivery WHERE state = 'waiting' AND subscription = ? AND due_at <= ?
  ORDER BY due_at, event LIMIT 1`

/** The outbox of a database file. */
export function sqliteEventOutbox({ database, appended, now, newId }: EventStoreDeps): EventOutbox {
  return {
    append: async (events) => {
      for (const event of events) eventText(event)
      await database.write(() => appendEvents(database, events, now()))
      appended.tell()
    },
    claim: async (subscription, leaseMs) => {
      // Most looks find nothing: they shall not take the write lock.
      const due = await database.read(() => database.sql(DUE).get(subscription, now()))
      if (due === undefined) return undefined
      return database.write(() => claim(database, subscription, { at: now(), leaseMs, lease: newId() }))
    },
    settle: ({ id, lease }, outcome) => database.write(() => settle(database, id, lease, outcome)),
    onAppended: appended.add,
  }
}

/** The subscriptions of a database file. */
export function sqliteSubscriptions({ database }: Pick<EventStoreDeps, 'database'>): EventSubscriptions {
  return {
    subscribe: async (name, patterns) => {
      if (name === '' || name.length > 200) throw invalidArgument('name', 'of 1 to 200 characters')
      const checked = JSON.stringify(checkPatterns(patterns))
      await database.write(() => {
        database
          .sql(
            'INSERT INTO subscription (name, patterns) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET patterns = excluded.patterns',
          )
          .run(name, checked)
      })
    },
    unsubscribe: (name, reason) =>
      database.write(() => {
        database.sql('DELETE FROM subscription WHERE name = ?').run(name)
        if (reason === undefined) database.sql('DELETE FROM delivery WHERE subscription = ?').run(name)
        else
          database
            .sql(
              `UPDATE delivery SET state = 'dead', error = ?, lease = NULL WHERE subscription = ? AND state = 'waiting'`,
            )
            .run(reason, name)
      }),
    list: () =>
      database.read(() =>
        database
          .sql('SELECT name, patterns FROM subscription ORDER BY name')
          .all()
          .map((row) => ({ name: text(row, 'name'), patterns: patternsOf(row['patterns']) })),
      ),
  }
}

function claim(
  database: Database,
  subscription: string,
  { at, leaseMs, lease }: { readonly at: number; readonly leaseMs: number; readonly lease: string },
): Delivery | undefined {
  // Attempts count from the claim: what ends the process each time must not be tried for ever.
  const { changes } = database
    .sql(`UPDATE delivery SET lease = ?, due_at = ?, attempts = attempts + 1 WHERE id IN (${DUE})`)
    .run(lease, at + leaseMs, subscription, at)
  if (changes === 0) return undefined
  const row = database
    .sql('SELECT d.id, d.attempts, e.body FROM delivery d JOIN event e ON e.seq = d.event WHERE d.lease = ?')
    .get(lease)
  if (row === undefined) return undefined
  return {
    id: text(row, 'id'),
    subscription,
    event: json(row, 'body') as CloudEvent, // written by appendEvents only
    attempt: number(row, 'attempts'),
    lease,
  }
}

function settle(database: Database, id: string, lease: string, outcome: DeliveryOutcome): void {
  if (outcome.kind === 'delivered') {
    database.sql('DELETE FROM delivery WHERE id = ? AND lease = ?').run(id, lease)
    return
  }
  database
    .sql(
      'UPDATE delivery SET state = ?, due_at = ifnull(?, due_at), error = ?, lease = NULL WHERE id = ? AND lease = ?',
    )
    .run(
      outcome.kind === 'retry' ? 'waiting' : 'dead',
      outcome.kind === 'retry' ? outcome.at : null,
      outcome.error,
      id,
      lease,
    )
}
