import type { JSX } from 'preact'

import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf } from '../../place.ts'
import { askMlflow } from '../experiment/mlflow.ts'
import type { RegisteredModel } from './registry.ts'

interface Found {
  readonly registered_models?: ReadonlyArray<RegisteredModel>
  readonly next_page_token?: string
}

/** Registered models, and which version of each is in use. */
export function RegisteredModelsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const token = cursorIn(query)
  const answer = useAnswer(`registered ${token ?? ''}`, (signal) =>
    askMlflow<Found>('registered-models/search', {
      query: { max_results: '100', ...(token !== undefined && { page_token: token }) },
      signal,
    }),
  )
  return (
    <>
      <p>
        A registered model is a name; aliases such as champion say which of its versions is in use. Detectors that this
        server scores with are <a href={addressOf('models')}>among the models</a>.
      </p>
      <Answered of={answer}>
        {({ registered_models: models = [], next_page_token: next }) =>
          models.length === 0 ? (
            <p>
              There are none yet. <code>nomaly fit FILE --model NAME --track</code> registers the first one, and so does
              an MLflow client.
            </p>
          ) : (
            <>
              <DataTable label="Registered models" columns={COLUMNS} rows={models} keyOf={({ name }) => name} />
              <CursorPager label="registered models" next={next} />
            </>
          )
        }
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<RegisteredModel>> = [
  {
    title: 'Model',
    show: ({ name }) => <a href={addressOf('registered-model', { name })}>{name}</a>,
    by: ({ name }) => name,
  },
  { title: 'Newest version', show: newestOf, by: newestOf, isNumber: true },
  {
    title: 'In use',
    show: ({ aliases = [] }) => aliases.map(({ alias, version }) => `${alias}: ${version}`).join(', '),
  },
  {
    title: 'Changed',
    show: ({ last_updated_timestamp: at }) => <RelativeTime at={at} />,
    by: ({ last_updated_timestamp: at }) => at,
  },
]

function newestOf({ latest_versions: versions = [] }: RegisteredModel): number {
  return Math.max(0, ...versions.map(({ version }) => Number(version)))
}
