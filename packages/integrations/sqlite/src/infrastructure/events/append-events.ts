import { type CloudEvent, eventText } from '../../domain/events/cloud-event.ts'
import { matchesPattern } from '../../domain/events/event-pattern.ts'
import type { Database } from '../database/database.ts'
import { text } from '../database/rows.ts'

/** Inside a write: keeps events with a delivery for each subscription that wants them. Known ones change nothing. */
export function appendEvents(database: Database, events: ReadonlyArray<CloudEvent>, at: number): void {
  if (events.length === 0) return
  const subscribers = database
    .sql('SELECT name, patterns FROM subscription ORDER BY name')
    .all()
    .map((row) => ({ name: text(row, 'name'), patterns: patternsOf(row['patterns']) }))
  for (const event of events) {
    const { changes, lastInsertRowid } = database
      .sql('INSERT INTO event (source, id, type, kept_at, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(event.source, event.id, event.type, at, eventText(event))
    if (changes === 0) continue
    for (const { name, patterns } of subscribers) {
      if (!patterns.some((pattern) => matchesPattern(pattern, event.type))) continue
      database
        .sql(
          `INSERT INTO delivery (id, event, subscription, state, attempts, due_at) VALUES (?, ?, ?, 'waiting', 0, ?)`,
        )
        .run(`${lastInsertRowid}/${name}`, lastInsertRowid, name, at)
    }
  }
}

/** The patterns of a subscription. */
export function patternsOf(value: unknown): ReadonlyArray<string> {
  return JSON.parse(String(value)) as ReadonlyArray<string> // written by this package only
}
