import type { JSX } from 'preact'

import type { ResultInfo } from '../../api/results.ts'
import { countText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { parametersText } from './parameters-text.ts'

/** Runs, of which two may be picked to be compared. */
export function RunsTable({
  results,
  picked,
  onDelete,
}: {
  readonly results: ReadonlyArray<ResultInfo>
  readonly picked: ReadonlyArray<string>
  readonly onDelete: (id: string) => void
}): JSX.Element {
  const pick = (id: string, isPicked: boolean): void => {
    const others = picked.filter((one) => one !== id)
    changeQuery({ pick: (isPicked ? [...others.slice(-1), id] : others).join(' ') })
  }
  const [a, b] = picked
  const columns: ReadonlyArray<Column<ResultInfo>> = [
    {
      title: 'Compare',
      show: (run) => (
        <input
          type="checkbox"
          aria-label={`Compare the run of ${nameOf(run)}`}
          checked={picked.includes(run.id)}
          onChange={({ currentTarget: { checked } }) => pick(run.id, checked)}
        />
      ),
    },
    {
      title: 'Run',
      show: (run) => (
        <a href={addressOf('result', { id: run.id })}>
          <RelativeTime at={run.createdAt} />
          <span class="hidden">: the run of {nameOf(run)}</span>
        </a>
      ),
      by: ({ createdAt }) => createdAt,
    },
    { title: 'Data set', show: ({ dataset }) => dataset.name, by: ({ dataset }) => dataset.name },
    {
      title: 'Detector',
      show: ({ algorithm, model }) => (model === undefined ? algorithm : `${model.name}, version ${model.version}`),
      by: ({ algorithm }) => algorithm,
    },
    { title: 'Columns', show: ({ columns: used }) => shortList(used), by: ({ columns: used }) => used.length },
    {
      title: 'Anomalies',
      show: ({ anomalyCount, rows }) => `${countText(anomalyCount)} of ${countText(rows)}`,
      by: ({ anomalyCount }) => anomalyCount,
      isNumber: true,
    },
    {
      title: 'Took',
      show: ({ durationMs }) => durationText(durationMs),
      by: ({ durationMs }) => durationMs,
      isNumber: true,
    },
    {
      title: 'Actions',
      isHidden: true,
      show: (run) => (
        <ConfirmButton label={`Delete the run of ${nameOf(run)} for good`} onConfirm={() => onDelete(run.id)}>
          Delete
        </ConfirmButton>
      ),
    },
    { title: 'Options', show: (run) => parametersText({ ...run.options, ...run.parameters }) },
  ]
  return (
    <>
      <p>
        {a !== undefined && b !== undefined ? (
          <a class="button" href={addressOf('compare', { a, b })}>
            Compare the two
          </a>
        ) : (
          'Choose two to compare them.'
        )}
      </p>
      <DataTable label="Runs" columns={columns} rows={results} keyOf={({ id }) => id} />
    </>
  )
}

const nameOf = ({ dataset, algorithm, createdAt }: ResultInfo): string =>
  `${dataset.name} by ${algorithm}, ${new Date(createdAt).toLocaleTimeString()}`

function shortList(names: ReadonlyArray<string>): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}
