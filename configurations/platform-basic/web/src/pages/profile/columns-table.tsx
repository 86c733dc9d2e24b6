import type { ColumnProfile, Profile } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { BinBars } from '../../charts/bin-bars.tsx'
import { countText, numberText, percentText } from '../../numbers.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { changeQuery } from '../../place.ts'
import { binsOf, missingShare } from './profile.ts'

const MOST_SHOWN = 200

/** The columns side by side, each to be chosen; of many those whose names hold a text. */
export function ColumnsTable({
  profile: { columns },
  chosen,
  wanted,
}: {
  readonly profile: Profile
  readonly chosen: string
  /** A part of the names. */
  readonly wanted: string
}): JSX.Element {
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()))
  return (
    <>
      {columns.length > MOST_SHOWN && (
        <label>
          Of {countText(columns.length)} columns the first {MOST_SHOWN} whose names hold
          <input type="text" value={wanted} onInput={({ currentTarget: { value } }) => changeQuery({ find: value })} />
        </label>
      )}
      <DataTable
        label="Columns"
        columns={COLUMNS}
        rows={found.slice(0, MOST_SHOWN)}
        keyOf={({ name }) => name}
        chosen={chosen || columns[0]?.name}
      />
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<ColumnProfile>> = [
  {
    title: 'Column',
    show: ({ name }) => (
      <button type="button" class="quiet" onClick={() => changeQuery({ column: name })}>
        {name}
      </button>
    ),
    by: ({ name }) => name,
  },
  { title: 'Type', show: ({ type }) => type, by: ({ type }) => type },
  { title: 'Missing', show: (column) => percentText(missingShare(column)), by: missingShare, isNumber: true },
  {
    title: 'Different',
    show: ({ distinct }) => `${distinct.exact ? '' : 'about '}${countText(Math.round(distinct.value))}`,
    by: ({ distinct }) => distinct.value,
    isNumber: true,
  },
  { title: 'Mean', show: ({ numbers }) => shown(numbers?.mean), by: ({ numbers }) => numbers?.mean, isNumber: true },
  { title: 'Values', show: valuesOf },
]

function shown(value: number | null | undefined): string {
  return typeof value === 'number' ? numberText(value) : ''
}

function valuesOf(column: ColumnProfile): JSX.Element | string {
  const bins = binsOf(column)
  if (bins !== undefined) return <BinBars isSmall label={`Distribution of ${column.name}`} counts={bins.counts} />
  return column.top
    .slice(0, 3)
    .map(({ value }) => String(value).slice(0, 20))
    .join(', ')
}
