import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Model } from '../api/types.ts'
import { Answered, Failure, useAnswer } from '../api/use-answer.tsx'
import { numberText } from '../numbers.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import { useAction } from '../parts/use-action.ts'
import { addressOf } from '../place.ts'

/** Every version of every detector that was kept. */
export function ModelsPage(): JSX.Element {
  const [round, setRound] = useState(0)
  const answer = useAnswer(`models ${round}`, (signal) =>
    ask<{ readonly items: ReadonlyArray<Model> }>('/api/v1/models', { signal }),
  )
  const remove = useAction(async ({ name, version }: Model) => {
    await ask(`/api/v1/models/${encodeURIComponent(name)}/versions/${version}`, { method: 'DELETE' })
    setRound((before) => before + 1)
  })
  const actions: Column<Model> = {
    title: 'Actions',
    show: (model) => (
      <ConfirmButton label={`Delete version ${model.version} of ${model.name}`} onConfirm={() => remove.start(model)}>
        Delete
      </ConfirmButton>
    ),
    isHidden: true,
  }
  return (
    <>
      <p>
        Detectors that this server scores with. Models of any kind, their aliases and promotions are{' '}
        <a href={addressOf('registry')}>in the registry</a>.
      </p>
      {remove.why !== undefined && <Failure why={remove.why} />}
      <Answered of={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <p>
              There are none yet. Find anomalies in <a href={addressOf('datasets')}>a data set</a>, and keep the
              detector from the page that shows them; <code>nomaly fit FILE --model NAME</code> does the same.
            </p>
          ) : (
            <DataTable
              label="Models"
              columns={[...COLUMNS, actions]}
              rows={items}
              keyOf={({ name, version }) => `${name} ${version}`}
            />
          )
        }
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Model>> = [
  { title: 'Model', show: ({ name }) => name, by: ({ name }) => name },
  { title: 'Version', show: ({ version }) => version, by: ({ version }) => version, isNumber: true },
  { title: 'Detector', show: ({ algorithm }) => algorithm, by: ({ algorithm }) => algorithm },
  { title: 'Columns', show: ({ features }) => <span class="long">{features.join(', ')}</span> },
  {
    title: 'Threshold',
    show: ({ threshold }) => numberText(threshold),
    by: ({ threshold }) => threshold,
    isNumber: true,
  },
  { title: 'Trained', show: ({ createdAt }) => <RelativeTime at={createdAt} />, by: ({ createdAt }) => createdAt },
]
