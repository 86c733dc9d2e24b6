import type { MonitoredRow } from '../../domain/monitoring/column.ts'

/** A row that waits for its window to be full. */
export interface WaitingRow {
  /** Rises from row to row. */
  readonly seq: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly row: MonitoredRow
}

/** How many rows wait, and the first and last instant of them; 0 where none does. */
export interface Waiting {
  readonly rows: number
  readonly from: number
  readonly to: number
}

/** Keeps rows until their window is looked at, and labels until their rows come. */
export interface MonitorRows {
  /** All of them or none. @throws `not-found` */
  readonly append: (monitor: string, rows: ReadonlyArray<Omit<WaitingRow, 'seq'>>) => Promise<Waiting>
  /** In the order of their coming. */
  readonly waiting: (monitor: string) => Promise<ReadonlyArray<WaitingRow>>
  /** Keeps labels by row id, the last one of an id wins; answers the reports that rows of these ids are in. @throws `not-found` */
  readonly label: (monitor: string, labels: ReadonlyMap<string, string | number>) => Promise<ReadonlyArray<string>>
  /** Labels of those of the ids that have one. */
  readonly labelsOf: (monitor: string, ids: ReadonlyArray<string>) => Promise<ReadonlyMap<string, string | number>>
}
