import type { JSX } from 'preact'

import { allDatasets } from '../api/all-datasets.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { countText, timeText } from '../numbers.ts'
import { addressOf } from '../place.ts'

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
          <div class="scroll" tabIndex={0} role="region" aria-label="Data sets">
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Rows</th>
                  <th scope="col">Columns</th>
                  <th scope="col">Uploaded</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, rows, columns, createdAt }) => (
                  <tr key={id}>
                    <td>
                      <a href={addressOf('dataset', { id })}>{name}</a>
                    </td>
                    <td>{countText(rows)}</td>
                    <td>{columns.length}</td>
                    <td>{timeText(createdAt)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Answered>
  )
}
