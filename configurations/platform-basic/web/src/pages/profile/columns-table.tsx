import type { JSX } from 'preact'

import { BinBars } from '../../charts/bin-bars.tsx'
import { countText, numberText, percentText } from '../../numbers.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { changeQuery } from '../../place.ts'
import { binsOf, type ColumnProfile, missingShare, type Profile } from './profile.ts'

/** The columns side by side, each to be chosen. */
export function ColumnsTable({ profile, chosen }: { readonly profile: Profile; readonly chosen: string }): JSX.Element {
  return (
    <DataTable
      label="Columns"
      columns={COLUMNS}
      rows={profile.columns}
      keyOf={({ name }) => name}
      chosen={chosen || profile.columns[0]?.name}
    />
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
