import { deflateSync, inflateSync } from 'node:zlib'

import type { MonitorStore, StoredMonitor } from '../../../application/ports/monitor-store.ts'
import type { MonitorSpec } from '../../../domain/monitoring/monitor-spec.ts'
import { alreadyExists } from '../../../domain/refusals.ts'
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
    remove: (name) => database.write(() => void database.sql('DELETE FROM monitor WHERE name = ?').run(name)),
  }
}

function monitorOf(row: SqlRow): StoredMonitor {
  const text = inflateSync(row['reference'] as Uint8Array).toString() // a BLOB column
  const reference = JSON.parse(text) as StoredMonitor['reference'] // written by `create` only
  return { spec: specOf(row), reference, definedAt: Number(row['defined_at']) }
}

function specOf(row: SqlRow): MonitorSpec {
  return JSON.parse(String(row['spec'])) as MonitorSpec // written by `create` only
}
