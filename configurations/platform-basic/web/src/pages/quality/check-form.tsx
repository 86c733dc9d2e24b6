import type { JSX } from 'preact'

import { DatasetJob } from '../../parts/dataset-job.tsx'
import { addressOf, changeQuery, goTo } from '../../place.ts'

/** Checks a data set by a suite. */
export function CheckForm({
  query,
  suites,
}: {
  readonly query: URLSearchParams
  readonly suites: ReadonlyArray<string>
}): JSX.Element {
  const [first] = suites
  if (first === undefined) {
    return (
      <p>
        There is no suite to check by. <a href={addressOf('quality', { tab: 'suites' })}>Have one suggested</a>,{' '}
        <a href={addressOf('suite')}>write or import one</a>, or <code>nomaly suggest FILE</code>.
      </p>
    )
  }
  const suite = query.get('suite') ?? first
  return (
    <DatasetJob
      query={query}
      kind="check"
      button="Check it"
      input={{ suite }}
      onDone={({ result }) => goTo('quality-result', { id: String(result) })}
    >
      {suites.length > 1 && (
        <label class="inline">
          Suite
          <select value={suite} onChange={({ currentTarget: { value } }) => changeQuery({ suite: value, check: '' })}>
            {suites.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </DatasetJob>
  )
}
