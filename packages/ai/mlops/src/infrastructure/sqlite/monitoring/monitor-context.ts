import { notFound } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'

/** What the stores of monitoring work with. */
export interface MonitorContext {
  readonly database: Database
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** The number of a monitor within the file. @throws MlopsError `mlops/not-found` */
export function monitorNumber(database: Database, name: string): number {
  const row = database.sql('SELECT id FROM monitor WHERE name = ?').get(name)
  if (row === undefined) throw notFound('monitor', name)
  return Number(row['id'])
}
