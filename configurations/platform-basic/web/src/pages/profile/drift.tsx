import type { ColumnDrift, DriftTest, ProfileComparison } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { numberText, percentText } from '../../numbers.ts'
import { Badge, type Mood } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'

/** What differs from another profile, column by column. */
export function Drift({ path }: { readonly path: string }): JSX.Element {
  const answer = useAnswer(path, (signal) => ask<ProfileComparison>(path, { signal }))
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

const MOODS: { readonly [Outcome in DriftTest['outcome']]: readonly [Mood, string] } = {
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

function outcomeOf({ outcome }: DriftTest): JSX.Element {
  const [mood, text] = MOODS[outcome]
  return <Badge mood={mood} text={text} />
}
