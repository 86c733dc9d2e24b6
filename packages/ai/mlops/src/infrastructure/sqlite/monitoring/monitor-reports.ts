import type { ClosedWindow, MonitorReports } from '../../../application/ports/monitor-reports.ts'
import { type EventDraft, eventOf } from '../../../domain/events/mlops-event.ts'
import type { MonitoredRow } from '../../../domain/monitoring/column.ts'
import type { MonitorReport } from '../../../domain/monitoring/monitor-report.ts'
import type { Page } from '../../../domain/page.ts'
import { invalidArgument } from '../../../domain/refusals.ts'
import { appendEvent } from '../outbox/append-event.ts'
import { encodePageToken, parsePageToken } from '../search/page-token.ts'
import { type MonitorContext, monitorNumber } from './monitor-context.ts'
import { labelOf } from './monitor-rows.ts'

const MOST = 1000

/** Reports in the file. */
export function createMonitorReports(context: MonitorContext): MonitorReports {
  const { database } = context
  return {
    close: (window) => database.write(() => close(context, window)),
    amend: (report, events) =>
      database.write(() => {
        const update = database.sql('UPDATE monitor_report SET body = ? WHERE report_id = ?')
        if (update.run(JSON.stringify(report), report.id).changes > 0) publish(context, events)
      }),
    find: (id) => database.read(() => find(context, id)),
    list: async (name, query = {}) => {
      const { limit = 100 } = query
      if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
        throw invalidArgument('limit', `a whole number from 1 to ${MOST} is needed, found ${limit}`, { found: limit })
      return database.read(() => page(context, name, { ...query, limit }))
    },
  }
}

function close(context: MonitorContext, { report, taken, answers, events }: ClosedWindow): boolean {
  const { database } = context
  const remove = database.sql('DELETE FROM monitor_row WHERE seq = ?')
  const isThere = database.sql('SELECT 1 FROM monitor_row WHERE seq = ?')
  if (taken.some((seq) => isThere.get(seq) === undefined)) return false
  for (const seq of taken) remove.run(seq)
  const monitor = monitorNumber(database, report.monitor)
  const { lastRowId } = database
    .sql('INSERT INTO monitor_report (report_id, monitor, last_at, body) VALUES (?, ?, ?, ?)')
    .run(report.id, monitor, Math.floor(report.to), JSON.stringify(report))
  const keep = database.sql('INSERT OR REPLACE INTO monitor_answer (monitor, row_id, report, body) VALUES (?, ?, ?, ?)')
  for (const [id, row] of answers) keep.run(monitor, id, lastRowId, JSON.stringify(row))
  publish(context, events)
  return true
}

function publish(context: MonitorContext, events: ReadonlyArray<EventDraft>): void {
  for (const draft of events) appendEvent(context.database, eventOf(draft, context))
}

function find({ database }: MonitorContext, id: string): Awaited<ReturnType<MonitorReports['find']>> {
  const found = database.sql('SELECT id, body FROM monitor_report WHERE report_id = ?').get(id)
  if (found === undefined) return undefined
  const answers = database
    .sql(
      `SELECT a.body, l.label FROM monitor_answer a
       LEFT JOIN monitor_label l ON l.monitor = a.monitor AND l.row_id = a.row_id WHERE a.report = ? ORDER BY a.row_id`,
    )
    .all(Number(found['id']))
    .map(({ body, label }) => {
      const row = JSON.parse(String(body)) as MonitoredRow // written by `close` only
      return label === null ? { row } : { row, label: labelOf(label) }
    })
  return { report: reportOf(found['body']), answers }
}

function page(
  { database }: MonitorContext,
  name: string,
  { since = Number.MIN_SAFE_INTEGER, limit, pageToken }: { since?: number; limit: number; pageToken?: string },
): Page<MonitorReport> {
  const query = { monitor: name, since }
  const [at, id] = pageToken === undefined ? [Number.MAX_SAFE_INTEGER, 0] : parsePageToken(pageToken, query)
  const rows = database
    .sql(
      `SELECT id, last_at, body FROM monitor_report WHERE monitor = ? AND last_at >= ? AND (last_at, id) < (?, ?)
       ORDER BY last_at DESC, id DESC LIMIT ?`,
    )
    .all(monitorNumber(database, name), Math.floor(since), Number(at), Number(id), limit + 1)
  const items = rows.slice(0, limit).map(({ body }) => reportOf(body))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  if (last === undefined) return { items }
  return { items, next: encodePageToken(query, [Number(last['last_at']), Number(last['id'])]) }
}

function reportOf(body: unknown): MonitorReport {
  return JSON.parse(String(body)) as MonitorReport // written by this module only
}
