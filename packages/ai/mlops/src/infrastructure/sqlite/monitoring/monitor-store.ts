import { deflateSync, inflateSync } from 'node:zlib'

import type { MonitorStore, StoredMonitor } from '../../../application/ports/monitor-store.ts'
import type { MonitorSpec } from '../../../domain/monitoring/monitor-spec.ts'
import { alreadyExists } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import type { MonitorContext } from './monitor-context.ts'

/** Monitors in the file. */
export function createMonitorStore({ database, now }: MonitorContext): MonitorStore {
  return {
    create: async ({ spec, reference }) => {
      const definedAt = now()
      const body = deflateSync(JSON.stringify(reference))
      await database.write(() => {
        const known = database.sql('SELECT 1 FROM monitor WHERE name = ?').get(spec.name)
        if (known !== undefined) throw alreadyExists('monitor', spec.name, ': remove it first')
        database
          .sql('INSERT INTO monitor (name, spec, reference, model, version, defined_at) VALUES (?, ?, ?, ?, ?, ?)')
          .run(
            spec.name,
            JSON.stringify(spec),
            body,
            spec.model?.name ?? null,
            spec.model?.version ?? null,
            Math.floor(definedAt),
          )
      })
      return { spec, reference, definedAt }
    },
    find: async (name) => {
      const row = await database.read(() => database.sql('SELECT * FROM monitor WHERE name = ?').get(name))
      return row === undefined ? undefined : monitorOf(row)
    },
    list: () =>
      database.read(() =>
        database
          .sql('SELECT spec FROM monitor ORDER BY name')
          .all()
          .map((row) => specOf(row)),
      ),
    remove: (name, before) =>
      database.write(() => {
        if (before !== undefined) return removeOlder(database, name, Math.floor(before))
        database.sql('DELETE FROM monitor WHERE name = ?').run(name)
      }),
  }
}

// Answers go with their report; labels of rows that still wait, or whose report stays, are kept.
function removeOlder(database: Database, name: string, before: number): void {
  const monitor = database.sql('SELECT id FROM monitor WHERE name = ?').get(name)?.['id']
  if (monitor === undefined) return
  database.sql('DELETE FROM monitor_report WHERE monitor = ? AND last_at < ?').run(monitor, before)
  database
    .sql(
      `DELETE FROM monitor_label WHERE monitor = ?1 AND given_at < ?2
         AND row_id NOT IN (SELECT row_id FROM monitor_answer WHERE monitor = ?1)`,
    )
    .run(monitor, before)
}

function monitorOf(row: SqlRow): StoredMonitor {
  const text = inflateSync(row['reference'] as Uint8Array).toString() // a BLOB column
  const reference = JSON.parse(text) as StoredMonitor['reference'] // written by `create` only
  return { spec: specOf(row), reference, definedAt: Number(row['defined_at']) }
}

function specOf(row: SqlRow): MonitorSpec {
  return JSON.parse(String(row['spec'])) as MonitorSpec // written by `create` only
}
