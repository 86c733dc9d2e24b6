import type { MonitorRows, Waiting } from '../../../application/ports/monitor-rows.ts'
import type { MonitoredRow } from '../../../domain/monitoring/column.ts'
import type { Database } from '../database.ts'
import { type MonitorContext, monitorNumber } from './monitor-context.ts'

/** Rows and labels in the file. */
export function createMonitorRows({ database, now }: MonitorContext): MonitorRows {
  return {
    append: (name, rows) =>
      database.write(() => {
        const monitor = monitorNumber(database, name)
        const insert = database.sql('INSERT INTO monitor_row (monitor, at, body) VALUES (?, ?, ?)')
        for (const { at, row } of rows) insert.run(monitor, Math.floor(at), JSON.stringify(row))
        return waitingOf(database, monitor)
      }),
    waiting: (name) =>
      database.read(() =>
        database
          .sql('SELECT seq, at, body FROM monitor_row WHERE monitor = ? ORDER BY seq')
          .all(monitorNumber(database, name))
          .map(({ seq, at, body }) => ({
            seq: Number(seq),
            at: Number(at),
            row: JSON.parse(String(body)) as MonitoredRow, // written by `append` only
          })),
      ),
    label: (name, labels) =>
      database.write(() => keepLabels(database, monitorNumber(database, name), labels, Math.floor(now()))),
    labelsOf: (name, ids) =>
      database.read(() => {
        const monitor = monitorNumber(database, name)
        const one = database.sql('SELECT label FROM monitor_label WHERE monitor = ? AND row_id = ?')
        return new Map(
          ids.flatMap((id): [string, string | number][] => {
            const row = one.get(monitor, id)
            return row === undefined ? [] : [[id, labelOf(row['label'])]]
          }),
        )
      }),
  }
}

/** A label as it came: a number of a regressor's, else a text. */
export function labelOf(value: unknown): string | number {
  return typeof value === 'number' ? value : String(value)
}

function keepLabels(
  database: Database,
  monitor: number,
  labels: ReadonlyMap<string, string | number>,
  now: number,
): string[] {
  const keep = database.sql(
    `INSERT INTO monitor_label (monitor, row_id, label, given_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (monitor, row_id) DO UPDATE SET label = excluded.label, given_at = excluded.given_at`,
  )
  const find = database.sql(
    `SELECT report_id FROM monitor_answer JOIN monitor_report ON monitor_report.id = monitor_answer.report
     WHERE monitor_answer.monitor = ? AND row_id = ?`,
  )
  const touched = new Set<string>()
  for (const [id, label] of labels) {
    keep.run(monitor, id, label, now)
    const report = find.get(monitor, id)
    if (report !== undefined) touched.add(String(report['report_id']))
  }
  return [...touched]
}

function waitingOf(database: Database, monitor: number): Waiting {
  const row = database
    .sql('SELECT count(*) AS n, min(at) AS first, max(at) AS last FROM monitor_row WHERE monitor = ?')
    .get(monitor)
  return { rows: Number(row?.['n']), from: Number(row?.['first'] ?? 0), to: Number(row?.['last'] ?? 0) }
}
