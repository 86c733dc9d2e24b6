import type { DriftHistory } from '../../../application/ports/drift-history.ts'
import { isDrift } from '../../../domain/monitoring/alerts.ts'
import type { MonitorReport } from '../../../domain/monitoring/monitor-report.ts'
import type { MonitorContext } from './monitor-context.ts'

/** What all monitors of a model version have seen, by the last row of each window. */
export function createDriftHistory({ database }: MonitorContext): DriftHistory {
  return {
    since: (model, since) =>
      database.read(() => {
        const reports = database
          .sql(
            `SELECT r.body FROM monitor_report r JOIN monitor m ON m.id = r.monitor
             WHERE m.model = ? AND m.version = ? AND r.last_at >= ? ORDER BY r.last_at, r.id`,
          )
          .all(model.name, model.version, Math.floor(since))
          .map(({ body }) => JSON.parse(String(body)) as MonitorReport) // written by monitor-reports.ts only
        const drifts = reports.flatMap(({ alerts, to, monitor }) =>
          alerts.filter(isDrift).map(({ kind, what }) => ({ at: to, what: `${monitor}: ${kind}: ${what}` })),
        )
        return { looks: reports.length, drifts }
      }),
  }
}
