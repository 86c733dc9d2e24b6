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

const DUE = `SELECT id FROM delivery WHERE state = 'waiting' AND subscription = ? AND due_at <= ? ORDER BY due_at, event LIMIT 1`

/** The outbox of a database file. */
export function sqliteOutbox(database: Database, { now, newId }: SqliteOutboxDeps): EventOutbox & EventSubscriptions {
  return {
    claim: async (subscription, leaseMs) => {
      // Most looks find nothing: they shall not take the write lock.
      const due = await database.read(() => database.sql(DUE).get(subscription, now()))
      if (due === undefined) return undefined
      return database.write(() => claim(database, subscription, { now: now(), leaseMs, lease: newId() }))
    },
    settle: ({ id, lease }, outcome) => database.write(() => settle(database, id, lease, outcome)),
    onAppended: (listener) => onEventAppended(database, listener),
    subscribe: async (name, patterns) => {
      const checked = JSON.stringify(patterns.map(checkPattern))
      await database.write(() => subscribe(database, name, checked))
    },
    unsubscribe: (name) => database.write(() => unsubscribe(database, name)),
    list: () =>
      database.read(() =>
        database
          .sql('SELECT name, patterns FROM subscription ORDER BY name')
          .all()
          .map((row) => ({
            name: String(row['name']),
            patterns: JSON.parse(String(row['patterns'])) as ReadonlyArray<string>, // written above
          })),
      ),
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
  readonly leaseMs: number
  readonly lease: string
}

function claim(database: Database, subscription: string, { now, leaseMs, lease }: Claim): Delivery | undefined {
  // Attempts count from the claim: what ends the process each time must not be tried for ever.
  const { changes } = database
    .sql(`UPDATE delivery SET lease = ?, due_at = ?, attempts = attempts + 1 WHERE id IN (${DUE})`)
    .run(lease, now + leaseMs, subscription, now)
  if (changes === 0) return undefined
  const row = database
    .sql('SELECT d.id, d.attempts, e.body FROM delivery d JOIN event e ON e.seq = d.event WHERE d.lease = ?')
    .get(lease)
  return {
    id: String(row?.['id']),
    subscription,
    event: JSON.parse(String(row?.['body'])) as MlopsEvent, // written by appendEvent only
    attempt: Number(row?.['attempts']),
    lease,
  }
}

function settle(database: Database, id: string, lease: string, outcome: DeliveryOutcome): void {
  const state = outcome.kind === 'retry' ? 'waiting' : outcome.kind
  database
    .sql(
      'UPDATE delivery SET state = ?, due_at = ifnull(?, due_at), error = ?, lease = NULL WHERE id = ? AND lease = ?',
    )
    .run(
      state,
      outcome.kind === 'retry' ? outcome.at : null,
      outcome.kind === 'delivered' ? null : outcome.error,
      id,
      lease,
    )
}
