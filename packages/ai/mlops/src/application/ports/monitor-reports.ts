import type { EventDraft } from '../../domain/events/mlops-event.ts'
import type { MonitoredRow } from '../../domain/monitoring/column.ts'
import type { MonitorReport } from '../../domain/monitoring/monitor-report.ts'
import type { Page } from '../../domain/page.ts'

/** One window that has been looked at. */
export interface ClosedWindow {
  readonly report: MonitorReport
  /** Waiting rows that it is made of. */
  readonly taken: ReadonlyArray<number>
  /** The model's answers by row id, for labels that come later. */
  readonly answers: ReadonlyMap<string, MonitoredRow>
  readonly events: ReadonlyArray<EventDraft>
}

/** Keeps reports, and publishes their events with them: both or neither. */
export interface MonitorReports {
  /** Answers false and keeps nothing where another process has taken one of the rows before. */
  readonly close: (window: ClosedWindow) => Promise<boolean>
  /** Puts a report in the place of that of the same id; does nothing where that has been removed. */
  readonly amend: (report: MonitorReport, events: ReadonlyArray<EventDraft>) => Promise<void>
  /** The report, and the answers of its rows with the labels that are known; undefined when there is none. */
  readonly find: (id: string) => Promise<
    | {
        readonly report: MonitorReport
        readonly answers: ReadonlyArray<{ readonly row: MonitoredRow; readonly label?: string | number }>
      }
    | undefined
  >
  /** Newest first; `since` epoch milliseconds. 100 a page unless `limit` (1 to 1,000) says. */
  readonly list: (
    monitor: string,
    query?: { readonly since?: number; readonly limit?: number; readonly pageToken?: string },
  ) => Promise<Page<MonitorReport>>
}
