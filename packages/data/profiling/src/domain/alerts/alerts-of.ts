import type { Alert } from '../alert.ts'
import type { TableSample } from '../cell.ts'
import type { Profile } from '../profile.ts'
import type { AlertThresholds } from './alert-thresholds.ts'
import { columnAlerts } from './column-alerts.ts'
import { tableAlerts } from './table-alerts.ts'

/** Everything worth a look: of the table first, then column by column. No message holds a value of the data. */
export function alertsOf(profile: Profile, sample: TableSample, limits: AlertThresholds): ReadonlyArray<Alert> {
  const all = [
    ...tableAlerts(profile, sample, limits),
    ...profile.columns.flatMap((column) => columnAlerts(column, profile.rows, limits)),
  ]
  const order = new Map(profile.columns.map(({ name }, i) => [name, i]))
  const place = ({ column }: Alert): number => (column === undefined ? -1 : (order.get(column) ?? -1))
  return all.sort((a, b) => place(a) - place(b))
}
