import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { type Evaluation, type ResultInfo, resultPath } from '../../api/results.ts'
import { Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText, percentText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf, goTo } from '../../place.ts'
import { parametersText } from '../runs/parameters-text.ts'

const FORMATS = ['csv', 'jsonl', 'parquet'] as const

/** What was found, how well by the feedback so far, and the ways out: report, downloads, deletion. */
export function ResultHead({ info, round }: { readonly info: ResultInfo; readonly round: number }): JSX.Element {
  const { id, dataset, model, columns, series } = info
  const remove = useAction(async () => {
    await ask(resultPath(id), { method: 'DELETE' })
    goTo('runs')
  })
  const by = model === undefined ? info.algorithm : `the model ${model.name}, version ${model.version}`
  return (
    <>
      <p>
        <strong>{countText(info.anomalyCount)}</strong> of {countText(info.rows)} rows of{' '}
        {dataset.id === null ? dataset.name : <a href={addressOf('dataset', { id: dataset.id })}>{dataset.name}</a>}{' '}
        stand out, by {by} on {series === undefined ? columns.join(', ') : series.value}
        {series?.key !== undefined && `, ${countText(series.entities.length)} series of ${series.key}`}.
      </p>
      <Precision id={id} round={round} />
      <details>
        <summary>
          Made <RelativeTime at={info.createdAt} /> in {durationText(info.durationMs)}; downloads and report
        </summary>
        <p>{parametersText({ ...info.options, ...info.parameters })}</p>
        {dataset.sha256 !== null && (
          <p>
            SHA-256 of the data: <code>{dataset.sha256}</code>
          </p>
        )}
        <p>
          <a href={resultPath(id, '/report')}>Report</a>; all rows as <Downloads id={id} query="" />; the anomalies as{' '}
          <Downloads id={id} query="&anomalies=true" />
        </p>
        <ConfirmButton label="Delete this run for good" onConfirm={remove.start}>
          Delete this run
        </ConfirmButton>
        {remove.why !== undefined && <Failure why={remove.why} />}
      </details>
    </>
  )
}

function Downloads({ id, query }: { readonly id: string; readonly query: string }): JSX.Element {
  return (
    <>
      {FORMATS.map((format, at) => (
        <>
          {at > 0 && ', '}
          <a
            key={format}
            download
            href={resultPath(id, `/download?format=${format}${query}`)}
            aria-label={`${query === '' ? 'All rows' : 'The anomalies'} as ${format}`}
          >
            {format}
          </a>
        </>
      ))}
    </>
  )
}

function Precision({ id, round }: { readonly id: string; readonly round: number }): JSX.Element | null {
  const path = resultPath(id, '/evaluation')
  const answer = usePolled(path, (signal) => ask<Evaluation>(path, { signal }), { isOver: () => true, round })
  if (answer.kind !== 'ready' || answer.value.precision === null) return null
  const { reviewed, trueAlarms, precision, interval } = answer.value
  return (
    <p>
      Of {countText(reviewed)} reviewed, {countText(trueAlarms)} are true alarms: precision so far{' '}
      <strong>{percentText(precision)}</strong>
      {interval !== null && ` (between ${percentText(interval[0])} and ${percentText(interval[1])}, at 95 %)`}.
    </p>
  )
}
