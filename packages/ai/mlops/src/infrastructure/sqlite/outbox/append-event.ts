import { matchesPattern } from '../../../domain/events/event-pattern.ts'
import type { MlopsEvent } from '../../../domain/events/mlops-event.ts'
import type { Database } from '../database.ts'

const listeners = new WeakMap<Database, Set<() => void>>()

/**
 * Writes an event and a delivery for each subscription that wants it. Call it inside the `database.write` of the change
 * that causes the event: then both are kept, or neither.
 * @param onlyIfWanted - true: without a subscription nothing is written, for what happens often and is on record elsewhere
 */
export function appendEvent(
  database: Database,
  event: MlopsEvent,
  { onlyIfWanted = false }: { readonly onlyIfWanted?: boolean } = {},
): void {
  const subscribers = subscribersOf(database, event.type)
  if (onlyIfWanted && subscribers.length === 0) return
  const { lastRowId } = database
    .sql('INSERT INTO event (id, type, subject, at, body) VALUES (?, ?, ?, ?, ?)')
    .run(event.id, event.type, event.subject ?? null, Date.parse(event.time), JSON.stringify(event))
  for (const name of subscribers) {
    database
      .sql(`INSERT INTO delivery (id, event, subscription, state, attempts, due_at) VALUES (?, ?, ?, 'waiting', 0, 0)`)
      .run(`${event.id}/${name}`, lastRowId, name)
  }
  // Told after the commit: the whole turn's transaction is done before the next turn begins.
  setImmediate(() => {
    for (const listener of listeners.get(database) ?? []) listener()
  })
}

/** Calls the listener soon after this process has appended an event. Answers how to stop it. */
export function onEventAppended(database: Database, listener: () => void): () => void {
  const known = listeners.get(database) ?? new Set()
  listeners.set(database, known.add(listener))
  return () => void known.delete(listener)
}

function subscribersOf(database: Database, type: string): ReadonlyArray<string> {
  return database
    .sql('SELECT name, patterns FROM subscription ORDER BY name')
    .all()
    .filter(({ patterns }) => patternsOf(patterns).some((pattern) => matchesPattern(pattern, type)))
    .map(({ name }) => String(name))
}

function patternsOf(text: unknown): ReadonlyArray<string> {
  return JSON.parse(String(text)) as ReadonlyArray<string> // written by this package only
}
