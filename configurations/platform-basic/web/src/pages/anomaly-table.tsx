import type { JSX } from 'preact'

import type { Row } from '../api/types.ts'
import { countText, numberText } from '../numbers.ts'
import type { Run } from './run.ts'

const MOST_LISTED = 200

/** The anomalies, each to be chosen. */
export function AnomalyTable({
  run,
  rows,
  scores,
  marked,
  chosen,
  onPick,
}: {
  readonly run: Run
  readonly rows: ReadonlyArray<Row>
  readonly scores: ReadonlyArray<number>
  readonly marked: ReadonlyArray<number>
  readonly chosen: number | undefined
  readonly onPick: (row: number) => void
}): JSX.Element {
  if (marked.length === 0) return <p>No row is above the threshold. Move it down to see more.</p>
  return (
    <>
      {marked.length > MOST_LISTED && <p>The first {MOST_LISTED} of them; move the threshold up to see fewer.</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label="Anomalies">
        <table>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Score</th>
              {run.columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {marked.slice(0, MOST_LISTED).map((row) => (
              <tr key={row} class={row === chosen ? 'chosen' : undefined}>
                <td>
                  <button type="button" class="quiet" aria-pressed={row === chosen} onClick={() => onPick(row)}>
                    {countText(row + 1)}
                  </button>
                </td>
                <td>{numberText(scores[row] ?? 0)}</td>
                {run.columns.map((name) => (
                  <td key={name}>{row < rows.length ? (rows[row]?.[name] ?? 'missing') : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
