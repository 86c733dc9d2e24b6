import type { Delivery, DeliveryOutcome, EventOutbox } from '../../../application/ports/event-outbox.ts'
import type { EventSubscriptions } from '../../../application/ports/event-subscriptions.ts'
import { checkPattern } from '../../../domain/events/event-pattern.ts'
import type { MlopsEvent } from '../../../domain/events/mlops-event.ts'
import type { Database } from '../database.ts'
import { onEventAppended } from './append-event.ts'

/** Where clock and ids come from. */
export interface SqliteOutboxDeps {
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

const DUE = `SELECT id FROM delivery WHERE state = 'waiting' AND subscription = ? AND due_at <= ? ORDER BY due_at, event LIMIT ?`

/** The outbox of a database file. */
export function sqliteOutbox(database: Database, { now, newId }: SqliteOutboxDeps): EventOutbox & EventSubscriptions {
  return {
    claim: async (subscription, { limit, leaseMs }) => {
      // Most looks find nothing: they shall not take the write lock.
      if (database.sql(DUE).get(subscription, now(), 1) === undefined) return []
      return database.write(() => claim(database, subscription, { now: now(), limit, leaseMs, lease: newId() }))
    },
    settle: ({ id, lease }, outcome) => database.write(() => settle(database, id, lease, outcome)),
    onAppended: (listener) => onEventAppended(database, listener),
    subscribe: async (name, patterns) => {
      const checked = JSON.stringify(patterns.map(checkPattern))
      await database.write(() => subscribe(database, name, checked))
    },
    unsubscribe: (name) => database.write(() => unsubscribe(database, name)),
    list: async () =>
      database
        .sql('SELECT name, patterns FROM subscription ORDER BY name')
        .all()
        .map((row) => ({
          name: String(row['name']),
          patterns: JSON.parse(String(row['patterns'])) as ReadonlyArray<string>, // written above
        })),
  }
}

/** Inside a write: sets who gets what from now on. @param patterns - a JSON array of checked patterns */
export function subscribe(database: Database, name: string, patterns: string): void {
  database
    .sql(
      'INSERT INTO subscription (name, patterns) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET patterns = excluded.patterns',
    )
    .run(name, patterns)
}

/** Inside a write: ends a subscription and forgets what waits for it. */
export function unsubscribe(database: Database, name: string): void {
  database.sql('DELETE FROM subscription WHERE name = ?').run(name)
  database.sql(`DELETE FROM delivery WHERE subscription = ? AND state <> 'delivered'`).run(name)
}

interface Claim {
  readonly now: number
  readonly limit: number
  readonly leaseMs: number
  readonly lease: string
}

function claim(
  database: Database,
  subscription: string,
  { now, limit, leaseMs, lease }: Claim,
): ReadonlyArray<Delivery> {
  // Attempts count from the claim: what ends the process each time must not be tried for ever.
  database
    .sql(`UPDATE delivery SET lease = ?, due_at = ?, attempts = attempts + 1 WHERE id IN (${DUE})`)
    .run(lease, now + leaseMs, subscription, now, limit)
  return database
    .sql(
      `SELECT d.id, d.attempts, e.body FROM delivery d JOIN event e ON e.seq = d.event
       WHERE d.subscription = ? AND d.state = 'waiting' AND d.lease = ? ORDER BY d.event`,
    )
    .all(subscription, lease)
    .map((row) => ({
      id: String(row['id']),
      subscription,
      event: JSON.parse(String(row['body'])) as MlopsEvent, // written by appendEvent only
      attempt: Number(row['attempts']),
      lease,
    }))
}

function settle(database: Database, id: string, lease: string, outcome: DeliveryOutcome): void {
  const state = outcome.kind === 'retry' || outcome.kind === 'released' ? 'waiting' : outcome.kind
  const dueAt = outcome.kind === 'retry' ? outcome.at : outcome.kind === 'released' ? 0 : null
  const error = outcome.kind === 'retry' || outcome.kind === 'dead' ? outcome.error : null
  database
    .sql(
      `UPDATE delivery SET state = ?, due_at = ifnull(?, due_at), error = ?, attempts = attempts - ?, lease = NULL
       WHERE id = ? AND lease = ?`,
    )
    .run(state, dueAt, error, outcome.kind === 'released' ? 1 : 0, id, lease)
}
