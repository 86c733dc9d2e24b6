import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText, numberText, timeText } from '../../numbers.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type Result, streamPath } from './stream.ts'

const [MOST, AMONG] = [100, 10_000]

/** The newest anomalies of a stream. @param count - of all, by which it is told that there are more */
export function StreamAnomalies({
  name,
  count,
  features,
}: {
  readonly name: string
  readonly count: number
  readonly features: ReadonlyArray<string>
}): JSX.Element {
  const path = `${streamPath(name)}/results?anomalies=true&last=${AMONG}&limit=${AMONG}`
  const answer = usePolled(
    `anomalies ${name}`,
    (signal) => ask<{ readonly results: ReadonlyArray<Result> }>(path, { signal }),
    { isOver: () => true, round: count },
  )
  return (
    <Answered of={answer}>
      {({ results }) => {
        const newest = results.toReversed().slice(0, MOST)
        if (newest.length === 0) return <p>None among the newest {countText(AMONG)} results.</p>
        return (
          <DataTable
            label="Anomalies, the newest first"
            columns={columnsOf(features, newest)}
            rows={newest}
            keyOf={({ id }) => id}
          />
        )
      }}
    </Answered>
  )
}

function columnsOf(features: ReadonlyArray<string>, rows: ReadonlyArray<Result>): ReadonlyArray<Column<Result>> {
  const text = (value: number | null | undefined): string => (typeof value === 'number' ? numberText(value) : '')
  const has = (what: keyof Result): boolean => rows.some((row) => row[what] !== undefined)
  const some = (isShown: boolean, column: Column<Result>): ReadonlyArray<Column<Result>> => (isShown ? [column] : [])
  return [
    { title: 'Result', show: ({ id }) => id, by: ({ id }) => id, isNumber: true },
    ...some(has('time'), {
      title: 'Time',
      show: ({ time = '' }) => timeText(Date.parse(time)),
      by: ({ time }) => time,
    }),
    ...some(has('key'), { title: 'Entity', show: ({ key }) => key, by: ({ key }) => key }),
    ...features.map((feature, at): Column<Result> => ({
      title: feature,
      show: ({ values }) => text(values[at]),
      by: ({ values }) => values[at],
      isNumber: true,
    })),
    ...some(has('expected'), {
      title: 'Expected',
      show: ({ expected }) => expected?.map(text).join(', '),
      isNumber: true,
    }),
    { title: 'Score', show: ({ score }) => text(score), by: ({ score }) => score, isNumber: true },
    ...some(has('attribution'), { title: 'Because of', show: becauseOf }),
  ]
}

function becauseOf({ attribution = [] }: Result): string {
  const [most] = attribution.toSorted((a, b) => b.high + b.low - a.high - a.low)
  return most === undefined ? '' : `${most.feature} too ${most.high >= most.low ? 'high' : 'low'}`
}
