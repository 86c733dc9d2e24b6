import type { DriftHistory } from '../../../application/ports/drift-history.ts'
import type { MonitorReports } from '../../../application/ports/monitor-reports.ts'
import type { MonitorRows } from '../../../application/ports/monitor-rows.ts'
import type { MonitorStore } from '../../../application/ports/monitor-store.ts'
import { createDriftHistory } from './drift-history.ts'
import type { MonitorContext } from './monitor-context.ts'
import { createMonitorReports } from './monitor-reports.ts'
import { createMonitorRows } from './monitor-rows.ts'
import { createMonitorStore } from './monitor-store.ts'

/** All that one file keeps of monitoring. */
export interface MonitoringStores {
  readonly monitors: MonitorStore
  readonly monitorRows: MonitorRows
  readonly monitorReports: MonitorReports
  readonly drift: DriftHistory
}

/** Monitors, their rows and reports, and what `noDriftSince` asks. */
export function createMonitoringStores(context: MonitorContext): MonitoringStores {
  return {
    monitors: createMonitorStore(context),
    monitorRows: createMonitorRows(context),
    monitorReports: createMonitorReports(context),
    drift: createDriftHistory(context),
  }
}
