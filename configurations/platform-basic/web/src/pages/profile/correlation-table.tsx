import type { CorrelationTable as Correlations } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { changeQuery } from '../../place.ts'

const MOST_SHOWN = 50

/** A matrix of how strongly columns go together; stronger ones have more colour, and each its number. */
export function CorrelationTable({
  correlations,
  method,
}: {
  readonly correlations: ReadonlyArray<Correlations>
  readonly method: string
}): JSX.Element {
  const shown = correlations.find((one) => one.method === method) ?? correlations[0]
  if (shown === undefined) return <p>There are no two columns to compare.</p>
  const { values } = shown
  const width = shown.columns.length
  const columns = shown.columns.slice(0, MOST_SHOWN)
  return (
    <>
      <label>
        By
        <select value={shown.method} onChange={({ currentTarget: { value } }) => changeQuery({ method: value })}>
          {correlations.map((one) => (
            <option key={one.method}>{one.method}</option>
          ))}
        </select>
      </label>
      {width > MOST_SHOWN && (
        <p>
          The first {MOST_SHOWN} of {width} columns; the report tells the strongest of all.
        </p>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label={`Correlations by ${shown.method}`}>
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((name, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map((other, column) => {
                  const value = values[row * width + column] ?? null
                  return (
                    <td key={other} style={value === null ? {} : { '--strength': `${Math.abs(value) * 45}%` }}>
                      {value === null ? '' : value.toFixed(2).replace(/^-(0\.00)$/, '$1')}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
