import type { JSX } from 'preact'

import { allDatasets } from '../api/all-datasets.ts'
import type { Dataset } from '../api/types.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { countText } from '../numbers.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import { addressOf } from '../place.ts'

const COLUMNS: ReadonlyArray<Column<Dataset>> = [
  { title: 'Name', show: ({ id, name }) => <a href={addressOf('dataset', { id })}>{name}</a>, by: ({ name }) => name },
  { title: 'Rows', show: ({ rows }) => countText(rows), by: ({ rows }) => rows, isNumber: true },
  { title: 'Columns', show: ({ columns }) => columns.length, by: ({ columns }) => columns.length, isNumber: true },
  { title: 'Bytes', show: ({ bytes }) => countText(bytes), by: ({ bytes }) => bytes, isNumber: true },
  {
    title: 'Uploaded',
    show: ({ createdAt }) => <RelativeTime at={createdAt} />,
    by: ({ createdAt }) => createdAt,
  },
]

/** The kept data sets, the newest first. */
export function DatasetsPage(): JSX.Element {
  const list = useAnswer('datasets', allDatasets)
  return (
    <Answered of={list}>
      {(items) =>
        items.length === 0 ? (
          <p>
            There are none yet. <a href={addressOf('')}>Upload the first one</a>.
          </p>
        ) : (
          <DataTable label="Data sets" columns={COLUMNS} rows={items} keyOf={({ id }) => id} />
        )
      }
    </Answered>
  )
}
