import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { askMlflow, type Experiment, keysOf, type Run } from './mlflow.ts'
import { RunsTable } from './runs-table.tsx'

const NEWEST = 'attributes.start_time DESC'
const MOST_COMPARED = 20

interface Found {
  readonly runs?: ReadonlyArray<Run>
  readonly next_page_token?: string
}

/** The runs of an experiment: searched, put in order by a metric, chosen to be compared. */
export function ExperimentPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const experiment = useAnswer(`experiment ${id}`, (signal) =>
    askMlflow<{ readonly experiment: Experiment }>('experiments/get', { query: { experiment_id: id }, signal }),
  )
  return (
    <Answered of={experiment}>
      {({ experiment: { name } }) => (
        <>
          <h2>{name}</h2>
          <Runs id={id} query={query} />
        </>
      )}
    </Answered>
  )
}

function Runs({ id, query }: { readonly id: string; readonly query: URLSearchParams }): JSX.Element {
  const [filter, order, token] = [query.get('filter') ?? '', query.get('order') ?? NEWEST, cursorIn(query)]
  const body = {
    experiment_ids: [id],
    filter,
    order_by: [order],
    max_results: 100,
    ...(token !== undefined && { page_token: token }),
  }
  const answer = useAnswer(JSON.stringify(body), (signal) => askMlflow<Found>('runs/search', { body, signal }))
  const chosen = (query.get('runs') ?? '').split(' ').filter((one) => one !== '')
  const choose = (run: string, isOn: boolean): void => {
    const next = isOn ? [...chosen, run] : chosen.filter((one) => one !== run)
    changeQuery({ runs: next.slice(-MOST_COMPARED).join(' ') })
  }
  return (
    <>
      <Filter key={filter} filter={filter} />
      <Answered of={answer}>
        {({ runs = [], next_page_token: next }) =>
          runs.length === 0 ? (
            <p>{filter === '' ? 'It has no runs yet.' : 'No run is like that.'}</p>
          ) : (
            <>
              <Order order={order} metrics={keysOf(runs, 'metrics')} />
              <p>
                {chosen.length < 2 ? (
                  'Choose two runs or more to compare them.'
                ) : (
                  <a href={addressOf('compare-runs', { runs: chosen.join(' ') })}>Compare {chosen.length} runs</a>
                )}
              </p>
              <RunsTable runs={runs} chosen={chosen} onChoose={choose} />
              <CursorPager label="runs" next={next} />
            </>
          )
        }
      </Answered>
    </>
  )
}

function Filter({ filter }: { readonly filter: string }): JSX.Element {
  const [draft, setDraft] = useState(filter)
  const apply = (event: Event): void => {
    event.preventDefault()
    changeQuery({ filter: draft.trim(), page: '' })
  }
  return (
    <form onSubmit={apply}>
      <label>
        Runs where, such as <code>metrics.loss &lt; 0.5 AND params.trees = '100'</code>
        <input
          type="text"
          class="wide"
          spellcheck={false}
          value={draft}
          onInput={({ currentTarget: { value } }) => setDraft(value)}
        />
      </label>
      <button type="submit">Search</button>
    </form>
  )
}

function Order({ order, metrics }: { readonly order: string; readonly metrics: ReadonlyArray<string> }): JSX.Element {
  const choices = [
    [NEWEST, 'newest first'],
    ['attributes.start_time ASC', 'oldest first'],
    ...metrics.flatMap((key) => [
      [`metrics.\`${key}\` DESC`, `${key}, highest first`],
      [`metrics.\`${key}\` ASC`, `${key}, lowest first`],
    ]),
  ]
  const isKnown = choices.some(([value]) => value === order)
  return (
    <label class="inline">
      Order{' '}
      <select value={order} onChange={({ currentTarget: { value } }) => changeQuery({ order: value, page: '' })}>
        {(isKnown ? choices : [[order, order], ...choices]).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
