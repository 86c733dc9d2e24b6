import type { JSX } from 'preact'

import { Badge } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf } from '../../place.ts'
import { type ModelVersion, STAGES } from './registry.ts'

/** The versions of a registered model. */
export function VersionsTable({
  versions,
  onStage,
}: {
  readonly versions: ReadonlyArray<ModelVersion>
  readonly onStage: (version: string, stage: string) => void
}): JSX.Element {
  if (versions.length === 0) return <p>It has none.</p>
  const columns: ReadonlyArray<Column<ModelVersion>> = [
    { title: 'Version', show: ({ version }) => version, by: ({ version }) => Number(version), isNumber: true },
    {
      title: 'State',
      show: ({ status }) => <Badge mood={status === 'READY' ? 'good' : 'warning'} text={status.toLowerCase()} />,
    },
    { title: 'Aliases', show: ({ aliases = [] }) => aliases.join(', ') },
    {
      title: 'Stage',
      show: ({ version, current_stage: stage }) => (
        <select
          aria-label={`Stage of version ${version}`}
          value={stage}
          onChange={({ currentTarget: { value } }) => onStage(version, value)}
        >
          {STAGES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ),
    },
    {
      title: 'Run',
      show: ({ run_id: id = '' }) => (id === '' ? '' : <a href={addressOf('tracked-run', { id })}>{id.slice(0, 8)}</a>),
    },
    {
      title: 'Made',
      show: ({ creation_timestamp: at }) => <RelativeTime at={at} />,
      by: ({ creation_timestamp: at }) => at,
    },
    { title: 'By', show: ({ user_id: user = '' }) => user },
    { title: 'Files', show: ({ source }) => <span class="long">{source}</span> },
  ]
  return <DataTable label="Versions" columns={columns} rows={versions} keyOf={({ version }) => version} />
}
