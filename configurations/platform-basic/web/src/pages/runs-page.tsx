import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import { type ResultInfo, resultPath } from '../api/results.ts'
import type { Dataset } from '../api/types.ts'
import { Answered, Failure, useAnswer } from '../api/use-answer.tsx'
import { cursorIn, CursorPager } from '../parts/cursor-pager.tsx'
import { useAction } from '../parts/use-action.ts'
import { addressOf, changeQuery } from '../place.ts'
import { ChoiceOf } from './dataset/choice-of.tsx'
import { RunningJobs } from './runs/running-jobs.tsx'
import { RunsTable } from './runs/runs-table.tsx'

interface ResultsPage {
  readonly results: ReadonlyArray<ResultInfo>
  readonly next?: string | null
}

/** What was found so far, the newest first, and what is still looked for; two may be compared. */
export function RunsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const [round, setRound] = useState(0)
  const dataset = query.get('dataset') ?? ''
  const asked = new URLSearchParams({ limit: '50', ...(dataset !== '' && { dataset }) })
  const cursor = cursorIn(query)
  if (cursor !== undefined) asked.set('cursor', cursor)
  const answer = useAnswer(`${asked} ${round}`, (signal) => ask<ResultsPage>(`/api/v1/results?${asked}`, { signal }))
  const remove = useAction(async (id: string) => {
    await ask(resultPath(id), { method: 'DELETE' })
    setRound(round + 1)
  })
  return (
    <>
      <DatasetFilter dataset={dataset} />
      <RunningJobs dataset={dataset} onEnded={() => setRound(round + 1)} />
      {remove.why !== undefined && <Failure why={remove.why} />}
      <Answered of={answer}>
        {({ results, next }) =>
          results.length === 0 && cursor === undefined ? (
            <p>
              There are none yet. <a href={addressOf('')}>Upload a file</a>, or choose a{' '}
              <a href={addressOf('datasets')}>data set</a>, and find its anomalies.
            </p>
          ) : (
            <>
              <RunsTable
                results={results}
                picked={(query.get('pick') ?? '').split(' ').filter(Boolean)}
                onDelete={remove.start}
              />
              <CursorPager label="runs" next={next} />
            </>
          )
        }
      </Answered>
    </>
  )
}

function DatasetFilter({ dataset }: { readonly dataset: string }): JSX.Element {
  const answer = useAnswer('datasets of runs', (signal) =>
    ask<{ readonly items: ReadonlyArray<Dataset> }>('/api/v1/datasets?limit=1000', { signal }),
  )
  const names = answer.kind === 'ready' ? answer.value.items.map(({ id, name }) => ({ value: id, text: name })) : []
  const isListed = dataset === '' || names.some(({ value }) => value === dataset)
  return (
    <ChoiceOf
      label="Data set"
      names={isListed ? names : [...names, { value: dataset, text: dataset }]}
      none="all"
      value={dataset}
      onChange={(id) => changeQuery({ dataset: id, page: '' })}
    />
  )
}
