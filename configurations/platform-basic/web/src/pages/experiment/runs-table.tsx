import type { JSX } from 'preact'

import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf } from '../../place.ts'
import { badgeOf, keysOf, nameOf, type Run, tookOf, valueOf } from './mlflow.ts'

const MOST = 8 // columns of each kind; a run's page has all

/** Runs side by side, in the order that the server gives them. */
export function RunsTable({
  runs,
  chosen,
  onChoose,
}: {
  readonly runs: ReadonlyArray<Run>
  /** Ids. */
  readonly chosen: ReadonlyArray<string>
  readonly onChoose: (run: string, isOn: boolean) => void
}): JSX.Element {
  const columns: ReadonlyArray<Column<Run>> = [
    {
      title: 'Compare',
      show: (run) => (
        <input
          type="checkbox"
          aria-label={`Compare ${nameOf(run)}`}
          checked={chosen.includes(run.info.run_id)}
          onChange={({ currentTarget: { checked } }) => onChoose(run.info.run_id, checked)}
        />
      ),
    },
    { title: 'Run', show: (run) => <a href={addressOf('tracked-run', { id: run.info.run_id })}>{nameOf(run)}</a> },
    { title: 'State', show: (run) => <Badge {...badgeOf(run)} /> },
    { title: 'Begun', show: ({ info: { start_time: at } }) => at !== undefined && <RelativeTime at={at} /> },
    { title: 'Took', show: (run) => tookText(run), isNumber: true },
    ...keysOf(runs, 'metrics')
      .slice(0, MOST)
      .map((key) => ({ title: key, show: (run: Run) => valueOf(run, 'metrics', key), isNumber: true })),
    ...keysOf(runs, 'params')
      .slice(0, MOST)
      .map((key) => ({ title: `${key} (parameter)`, show: (run: Run) => valueOf(run, 'params', key) })),
  ]
  return <DataTable label="Runs" columns={columns} rows={runs} keyOf={({ info }) => info.run_id} />
}

function tookText(run: Run): string {
  const took = tookOf(run)
  return took === undefined ? '' : durationText(took)
}
