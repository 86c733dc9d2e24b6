import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

/** Gives an alias to a version; who had it before has it no more. */
export function AliasForm({
  versions,
  onGive,
}: {
  /** Newest first. */
  readonly versions: ReadonlyArray<string>
  readonly onGive: (alias: string, version: string) => void
}): JSX.Element | null {
  const [alias, setAlias] = useState('champion')
  const [version, setVersion] = useState(versions[0] ?? '')
  if (versions.length === 0) return null
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        onGive(alias, version)
      }}
    >
      <label class="inline">
        Alias
        <input type="text" required value={alias} onInput={({ currentTarget: { value } }) => setAlias(value)} />
      </label>
      <label class="inline">
        Version
        <select value={version} onChange={({ currentTarget: { value } }) => setVersion(value)}>
          {versions.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit">Give it</button>
    </form>
  )
}
