import type { JSX } from 'preact'

import type { Advice } from './advice.ts'

/** Which columns a detector looks at; those that are better left out say why. */
export function ColumnChoice({
  names,
  chosen,
  leftOut,
  onChange,
}: {
  readonly names: ReadonlyArray<string>
  readonly chosen: ReadonlyArray<string>
  readonly leftOut: Advice['leftOut']
  readonly onChange: (columns: ReadonlyArray<string>) => void
}): JSX.Element {
  return (
    <fieldset>
      <legend>Columns to look at</legend>
      {names.map((name) => {
        const why = leftOut.find((one) => one.name === name)?.why
        return (
          <label key={name} class="inline">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(names.filter((one) => (one === name ? checked : chosen.includes(one))))
              }
            />{' '}
            {name === '' ? '(no name)' : name}
            {why !== undefined && <small> ({why})</small>}
          </label>
        )
      })}
    </fieldset>
  )
}
