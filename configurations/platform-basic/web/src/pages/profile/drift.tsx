import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { numberText, percentText } from '../../numbers.ts'
import { Badge, type Mood } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'

type Test =
  | {
      readonly outcome: 'drift' | 'stable'
      readonly test: string
      readonly adjustedPValue: number
      readonly measure: string
      readonly distance: number
    }
  | { readonly outcome: 'none'; readonly reason: string }

interface ColumnDrift {
  readonly column: string
  readonly values: Test
  readonly missing: Test & { readonly referenceShare: number; readonly currentShare: number }
}

interface Comparison {
  readonly reference: { readonly source: string }
  readonly schema: {
    readonly added: ReadonlyArray<string>
    readonly removed: ReadonlyArray<string>
    readonly retyped: ReadonlyArray<{ readonly column: string; readonly reference: string; readonly current: string }>
  }
  readonly columns: ReadonlyArray<ColumnDrift>
  readonly drifted: number
  readonly tested: number
}

/** What differs from another profile, column by column. */
export function Drift({ path }: { readonly path: string }): JSX.Element {
  const answer = useAnswer(path, (signal) => ask<Comparison>(path, { signal }))
  return (
    <Answered of={answer}>
      {({ reference, schema, columns, drifted, tested }) => (
        <>
          <p role="status">
            The values of <strong>{drifted}</strong> of {tested} columns drifted since {reference.source}.
          </p>
          <ul>
            {schema.added.map((name) => (
              <li key={name}>{name} is new.</li>
            ))}
            {schema.removed.map((name) => (
              <li key={name}>{name} is gone.</li>
            ))}
            {schema.retyped.map((one) => (
              <li key={one.column}>
                {one.column} was {one.reference} and is {one.current}.
              </li>
            ))}
          </ul>
          <DataTable
            label="Drift by column"
            columns={COLUMNS}
            rows={columns}
            keyOf={({ column }) => column}
            sortInQuery="drift"
          />
        </>
      )}
    </Answered>
  )
}

const MOODS: { readonly [Outcome in Test['outcome']]: readonly [Mood, string] } = {
  drift: ['warning', 'drifted'],
  stable: ['good', 'stable'],
  none: ['plain', 'not tested'],
}

const COLUMNS: ReadonlyArray<Column<ColumnDrift>> = [
  { title: 'Column', show: ({ column }) => column, by: ({ column }) => column },
  { title: 'Values', show: ({ values }) => outcomeOf(values), by: ({ values }) => values.outcome },
  {
    title: 'Distance',
    show: ({ values }) => (values.outcome === 'none' ? '' : `${numberText(values.distance)} ${values.measure}`),
    by: ({ values }) => (values.outcome === 'none' ? null : values.distance),
  },
  {
    title: 'p-value',
    show: ({ values }) => (values.outcome === 'none' ? values.reason : numberText(values.adjustedPValue)),
    by: ({ values }) => (values.outcome === 'none' ? null : values.adjustedPValue),
  },
  {
    title: 'Missing',
    show: ({ missing }) => (
      <>
        {percentText(missing.referenceShare)} to {percentText(missing.currentShare)}{' '}
        {missing.outcome === 'drift' && outcomeOf(missing)}
      </>
    ),
    by: ({ missing }) => missing.currentShare - missing.referenceShare,
  },
]

function outcomeOf({ outcome }: Test): JSX.Element {
  const [mood, text] = MOODS[outcome]
  return <Badge mood={mood} text={text} />
}
