import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf } from '../../place.ts'
import { askMlflow, type Experiment } from './mlflow.ts'

interface Found {
  readonly experiments?: ReadonlyArray<Experiment>
  readonly next_page_token?: string
}

/** Experiments, those that changed last first. */
export function ExperimentsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const token = cursorIn(query)
  const answer = useAnswer(`experiments ${token ?? ''}`, (signal) => {
    const body = {
      max_results: 100,
      order_by: ['last_update_time DESC'],
      ...(token !== undefined && { page_token: token }),
    }
    return askMlflow<Found>('experiments/search', { body, signal })
  })
  return (
    <>
      <p>
        Runs keep what a model was made with and how good it is. <code>nomaly fit --track</code> and{' '}
        <code>nomaly evaluate --track</code> add some, and so does any MLflow client whose tracking URI is{' '}
        <code>{location.origin}</code>.
      </p>
      <Answered of={answer}>
        {({ experiments = [], next_page_token: next }) =>
          experiments.length === 0 ? (
            <p>
              There are none yet. <code>nomaly fit FILE --model NAME --track</code> makes the first one.
            </p>
          ) : (
            <>
              <DataTable label="Experiments" columns={COLUMNS} rows={experiments} keyOf={(one) => one.experiment_id} />
              <CursorPager label="experiments" next={next} />
            </>
          )
        }
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Experiment>> = [
  {
    title: 'Experiment',
    show: ({ experiment_id: id, name }) => <a href={addressOf('experiment', { id })}>{name}</a>,
    by: ({ name }) => name,
  },
  {
    title: 'Changed',
    show: ({ last_update_time: at }) => at !== undefined && <RelativeTime at={at} />,
    by: ({ last_update_time: at }) => at,
  },
  {
    title: 'Made',
    show: ({ creation_time: at }) => at !== undefined && <RelativeTime at={at} />,
    by: ({ creation_time: at }) => at,
  },
]
