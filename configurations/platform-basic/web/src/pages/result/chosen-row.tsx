import type { JSX } from 'preact'

import type { Feedback, ResultInfo, ResultRow } from '../../api/results.ts'
import { countText, numberText } from '../../numbers.ts'
import { utcText } from './anomaly-table.tsx'
import { Contributions } from './contributions.tsx'
import { FeedbackForm } from './feedback-form.tsx'
import type { Sample } from './sample.ts'

/** Why a row scores as it does, and whether it is an anomaly in the end. */
export function ChosenRow({
  info,
  row,
  top,
  sample,
  said,
  onSaid,
}: {
  readonly info: ResultInfo
  readonly row: number
  readonly top: ReadonlyArray<ResultRow>
  readonly sample: Sample
  /** Undefined while it is not known. */
  readonly said: ReadonlyArray<Feedback & { readonly row: number }> | undefined
  readonly onSaid: () => void
}): JSX.Element {
  const feedback = said?.find((one) => one.row === row)
  return (
    <>
      <h2>Why row {countText(row + 1)}</h2>
      {info.series === undefined ? (
        <Contributions result={info.id} row={row} />
      ) : (
        <Expectation one={top.find((one) => one.row === row) ?? sampled(sample, row)} />
      )}
      <FeedbackForm result={info.id} row={row} said={feedback} onChange={onSaid} />
    </>
  )
}

type Expected = Pick<ResultRow, 'score' | 'time' | 'value' | 'expected' | 'lower' | 'upper'>

function Expectation({ one }: { readonly one: Expected | undefined }): JSX.Element {
  if (one === undefined) return <p>It is not among the rows that are shown: look closer at where it is.</p>
  const { score, time, value, expected, lower, upper } = one
  return (
    <p>
      {time !== undefined && `At ${utcText(time)} it was `}
      <strong>{value === undefined ? 'missing' : numberText(value)}</strong>
      {expected !== undefined && `, where ${numberText(expected)} was expected`}
      {lower !== undefined && upper !== undefined && ` (${numberText(lower)} to ${numberText(upper)})`}.{' '}
      {score === null ? 'It has no score.' : `Its score is ${numberText(score)}.`}
    </p>
  )
}

function sampled({ row: rows, score, series }: Sample, row: number): Expected | undefined {
  const at = rows.indexOf(row)
  if (at === -1 || series === undefined) return undefined
  const known = (list: ReadonlyArray<number | null>): number | undefined => list[at] ?? undefined
  const found = { time: known(series.time), value: known(series.value), expected: known(series.expected) }
  const band = { lower: known(series.lower), upper: known(series.upper) }
  const given = Object.entries({ ...found, ...band }).filter(([, value]) => value !== undefined)
  return { score: score[at] ?? null, ...(Object.fromEntries(given) as Partial<Expected>) } // of numbers
}
