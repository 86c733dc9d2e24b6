import type { ComponentChildren, JSX } from 'preact'

import { changeQuery, usePlace } from '../place.ts'
import { sorted, type SortKey } from './sorted.ts'

/** A column of a table. */
export interface Column<T> {
  /** The head; also its name in the URL where one can sort by it. */
  readonly title: string
  readonly show: (row: T) => ComponentChildren
  /** Where given, the head sorts the rows that are there by it. */
  readonly by?: (row: T) => SortKey
  /** Numbers stand at the right. */
  readonly isNumber?: boolean
  /** The head is only heard, as for actions. */
  readonly isHidden?: boolean
}

/** A table that scrolls in itself, with heads that sort; the URL keeps the order. */
export function DataTable<T>({
  label,
  columns,
  rows,
  keyOf,
  chosen,
  sortInQuery = 'sort',
}: {
  readonly label: string
  readonly columns: ReadonlyArray<Column<T>>
  readonly rows: ReadonlyArray<T>
  readonly keyOf: (row: T) => string | number
  /** The key of the row that is looked at. */
  readonly chosen?: string | number | undefined
  /** The name in the URL; a table beside another takes its own. */
  readonly sortInQuery?: string
}): JSX.Element {
  const order = usePlace().query.get(sortInQuery) ?? ''
  const isDescending = order.startsWith('-')
  const title = isDescending ? order.slice(1) : order
  const by = columns.find((column) => column.title === title)?.by
  const shown = by === undefined ? rows : sorted(rows, by, isDescending)
  const sortBy = (one: string): void => {
    const next = one !== title ? one : isDescending ? '' : `-${one}`
    changeQuery({ [sortInQuery]: next })
  }
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => {
              const isSorted = by !== undefined && column.title === title
              return (
                <th
                  key={column.title}
                  scope="col"
                  class={column.isNumber === true ? 'number' : undefined}
                  aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
                >
                  {column.isHidden === true ? (
                    <span class="hidden">{column.title}</span>
                  ) : column.by === undefined ? (
                    column.title
                  ) : (
                    <button type="button" class="head" onClick={() => sortBy(column.title)}>
                      {column.title}
                      <span aria-hidden="true">{isSorted ? (isDescending ? ' ▼' : ' ▲') : ''}</span>
                    </button>
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)} class={keyOf(row) === chosen ? 'chosen' : undefined}>
              {columns.map((column) => (
                <td key={column.title} class={column.isNumber === true ? 'number' : undefined}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
