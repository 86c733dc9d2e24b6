import type { MonitoredRow } from '../../domain/monitoring/column.ts'
import type { MonitorSpec } from '../../domain/monitoring/monitor-spec.ts'

/** A monitor as it is kept. */
export interface StoredMonitor {
  readonly spec: MonitorSpec
  /** Plain JSON: the watched columns only. */
  readonly reference: ReadonlyArray<MonitoredRow>
  /** Epoch milliseconds. */
  readonly definedAt: number
}

/** Keeps what monitors watch. */
export interface MonitorStore {
  /** @throws `already-exists` where a monitor has the name */
  readonly create: (monitor: Omit<StoredMonitor, 'definedAt'>) => Promise<StoredMonitor>
  /** undefined when there is none. */
  readonly find: (name: string) => Promise<StoredMonitor | undefined>
  /** Specs of all, by name. */
  readonly list: () => Promise<ReadonlyArray<MonitorSpec>>
  /**
   * With its rows, reports and labels; one that is not there is harmless. With `before` (epoch milliseconds) the monitor stays, and only
   * reports whose rows are all older go, and labels that were given before then and belong to no report that stays.
   */
  readonly remove: (name: string, before?: number) => Promise<void>
}
