import type { ComponentChildren, JSX } from 'preact'

import { allDatasets } from '../api/all-datasets.ts'
import { Answered, Failure, useAnswer } from '../api/use-answer.tsx'
import { countText } from '../numbers.ts'
import { addressOf, changeQuery } from '../place.ts'
import { askForJob, FollowedJob } from './followed-job.tsx'
import { useAction } from './use-action.ts'

/** Has a job done about a data set that is chosen here; the URL keeps which, and how far the job is. */
export function DatasetJob({
  query,
  kind,
  button,
  input = {},
  isReady = true,
  children,
  onDone,
}: {
  readonly query: URLSearchParams
  readonly kind: string
  /** What stands on the button. */
  readonly button: string
  /** What the job is asked with besides the data set. */
  readonly input?: Readonly<Record<string, unknown>>
  readonly isReady?: boolean
  /** Further choices. */
  readonly children?: ComponentChildren
  readonly onDone: (output: Readonly<Record<string, unknown>>) => void
}): JSX.Element {
  const list = useAnswer('datasets', allDatasets)
  const asking = useAction(async (dataset: string) => {
    changeQuery({ dataset, [kind]: await askForJob(kind, { ...input, dataset }) })
  })
  const job = query.get(kind)
  return (
    <Answered of={list}>
      {(datasets) => {
        if (datasets.length === 0) {
          return (
            <p>
              There is no data set yet. <a href={addressOf('')}>Upload the first one</a>.
            </p>
          )
        }
        const dataset = query.get('dataset') ?? datasets[0]?.id ?? ''
        const start = (event: Event): void => {
          event.preventDefault()
          asking.start(dataset)
        }
        return (
          <>
            <form class="row" onSubmit={start}>
              <label class="inline">
                Data set
                <select
                  value={dataset}
                  onChange={({ currentTarget: { value } }) => changeQuery({ dataset: value, [kind]: '' })}
                >
                  {datasets.map(({ id, name, rows }) => (
                    <option key={id} value={id}>
                      {name}, {countText(rows)} rows
                    </option>
                  ))}
                </select>
              </label>
              {children}
              <button type="submit" disabled={asking.isBusy || !isReady}>
                {button}
              </button>
            </form>
            {asking.why !== undefined && <Failure why={asking.why} />}
            {job !== null && <FollowedJob key={job} id={job} onDone={onDone} />}
          </>
        )
      }}
    </Answered>
  )
}
