import type { JSX } from 'preact'

import type { Row } from '../api/types.ts'

/** Rows of a data set. Missing values are said to be missing. */
export function RowsTable({
  label,
  columns,
  rows,
}: {
  readonly label: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Row>
}): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((name) => (
                <td key={name}>{row[name] ?? 'missing'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
