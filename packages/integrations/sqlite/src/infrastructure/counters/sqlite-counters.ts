import type { Counters, Counts, DayCounts } from '../../application/ports/counters.ts'
import { invalidArgument, wholeNumber } from '../../domain/checks.ts'
import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import type { Database } from '../database/database.ts'
import { number, text } from '../database/rows.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The counters of a database file. */
export function sqliteCounters({
  database,
  now,
}: {
  readonly database: Database
  readonly now: () => number
}): Counters {
  return {
    count: async (event, amounts) => {
      for (const [name, amount] of Object.entries(amounts)) wholeNumber(name, amount, 0, Number.MAX_SAFE_INTEGER)
      return database.write(() => count(database, event, amounts, now()))
    },
    days: async ({ from = '0000-01-01', to = '9999-12-31' } = {}) => {
      for (const day of [from, to]) if (!DAY.test(day)) throw invalidArgument('day', 'such as 2026-11-20')
      return database.read(() => days(database, from, to))
    },
    totals: () =>
      database.read(() =>
        Object.fromEntries(
          database
            .sql('SELECT name, sum(amount) AS amount FROM counter GROUP BY name')
            .all()
            .map((row) => [text(row, 'name'), number(row, 'amount')]),
        ),
      ),
  }
}

/** Marks the event in the transaction that counts it: however often it is delivered, it counts once. */
function count(database: Database, { source, id, time }: CloudEvent, amounts: Counts, now: number): boolean {
  const { changes } = database
    .sql('UPDATE event SET counted = 1 WHERE source = ? AND id = ? AND counted = 0')
    .run(source, id)
  if (changes === 0) return false
  const day = new Date(time ?? now).toISOString().slice(0, 10)
  for (const [name, amount] of Object.entries(amounts))
    database
      .sql(
        'INSERT INTO counter (day, name, amount) VALUES (?, ?, ?) ON CONFLICT (day, name) DO UPDATE SET amount = amount + excluded.amount',
      )
      .run(day, name, amount)
  return true
}

function days(database: Database, from: string, to: string): ReadonlyArray<DayCounts> {
  const found = new Map<string, Record<string, number>>()
  const rows = database
    .sql('SELECT day, name, amount FROM counter WHERE day BETWEEN ? AND ? ORDER BY day, name')
    .all(from, to)
  for (const row of rows) {
    const day = text(row, 'day')
    const counts = found.get(day) ?? {}
    counts[text(row, 'name')] = number(row, 'amount')
    found.set(day, counts)
  }
  return [...found].map(([day, counts]) => ({ day, counts }))
}
