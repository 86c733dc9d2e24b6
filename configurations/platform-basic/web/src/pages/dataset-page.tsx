import type { JSX } from 'preact'

import { ask } from '../api/ask.ts'
import type { Dataset, Detector, Model, Row } from '../api/types.ts'
import { Answered, Failure, useAnswer } from '../api/use-answer.tsx'
import { countText } from '../numbers.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { useAction } from '../parts/use-action.ts'
import { addressOf, goTo } from '../place.ts'
import { AskForm } from './dataset/ask-form.tsx'

const FIRST_ROWS = 10
const LOOKED_AT = 1000

/** One data set: what to look for in it, its first rows, and its end. */
export function DatasetPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const path = `/api/v1/datasets/${encodeURIComponent(id)}`
  const answer = useAnswer(id, async (signal) => {
    const list = <T,>(what: string): Promise<ReadonlyArray<T>> =>
      ask<{ readonly items: ReadonlyArray<T> }>(`/api/v1/${what}`, { signal }).then(({ items }) => items)
    const [dataset, detectors, seriesDetectors, models] = await Promise.all([
      ask<Dataset>(path, { signal }),
      list<Detector>('detectors'),
      list<Detector>('series-detectors'),
      list<Model>('models'),
    ])
    const sample = await someRows(path, dataset.rows, signal)
    return { dataset, sample, offers: { detectors, seriesDetectors, models } }
  })
  const remove = useAction(async () => {
    await ask(path, { method: 'DELETE' })
    goTo('datasets')
  })
  return (
    <Answered of={answer}>
      {({ dataset, sample, offers }) => (
        <>
          <h2>{dataset.name}</h2>
          <p>
            {countText(dataset.rows)} rows, {dataset.columns.length} columns, {countText(dataset.bytes)} bytes of{' '}
            {dataset.format}; <a href={addressOf('runs', { dataset: id })}>its runs</a>,{' '}
            <a href={addressOf('profiles', { dataset: id })}>profile it</a>,{' '}
            <a href={addressOf('quality', { dataset: id })}>check it</a>
          </p>
          <AskForm key={id} dataset={dataset} sample={sample} offers={offers} model={query.get('model') ?? ''} />
          <h2>First rows</h2>
          <DataTable
            label="First rows"
            columns={dataset.columns.map(({ name }) => ({ title: name, show: (row: Row) => row[name] ?? 'missing' }))}
            rows={sample.slice(0, FIRST_ROWS)}
            keyOf={(row) => sample.indexOf(row)}
          />
          <p>
            <ConfirmButton label={`Delete this data set, ${dataset.name}, for good`} onConfirm={remove.start}>
              Delete this data set
            </ConfirmButton>
          </p>
          {remove.why !== undefined && <Failure why={remove.why} />}
        </>
      )}
    </Answered>
  )
}

// From the beginning, the middle and the end: what is constant in the first rows need not be.
async function someRows(path: string, rows: number, signal: AbortSignal): Promise<ReadonlyArray<Row>> {
  const starts = rows <= 3 * LOOKED_AT ? [0] : [0, Math.floor((rows - LOOKED_AT) / 2), rows - LOOKED_AT]
  const limit = starts.length === 1 ? 3 * LOOKED_AT : LOOKED_AT
  const pages = await Promise.all(
    starts.map((offset) =>
      ask<{ readonly rows: ReadonlyArray<Row> }>(`${path}/rows?offset=${offset}&limit=${limit}`, { signal }),
    ),
  )
  return pages.flatMap((page) => page.rows)
}
