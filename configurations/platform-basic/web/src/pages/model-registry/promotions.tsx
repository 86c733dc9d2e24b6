import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { Badge, type Mood } from '../../parts/badge.tsx'
import { DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'

interface Promotion {
  readonly id: string
  readonly alias: string
  readonly outcome: 'promoted' | 'refused' | 'rolled-back'
  readonly version: string
  readonly predecessor?: string
  readonly requestedBy: string
  readonly at: number
  readonly gates: ReadonlyArray<{ readonly gate: string; readonly passed: boolean }>
}

const MOODS: { readonly [Outcome in Promotion['outcome']]: Mood } = {
  promoted: 'good',
  refused: 'bad',
  'rolled-back': 'warning',
}

/** What was decided about a model's aliases by gates, newest first. */
export function Promotions({ model }: { readonly model: string }): JSX.Element {
  const path = `/api/v1/registered-models/${encodeURIComponent(model)}/promotions`
  const answer = useAnswer(path, (signal) => ask<{ readonly promotions: ReadonlyArray<Promotion> }>(path, { signal }))
  return (
    <Answered of={answer}>
      {({ promotions }) =>
        promotions.length === 0 ? (
          <p>
            None yet. <code>nomaly models promote {model}/1 --at-least auc=0.9</code> asks gates first, and keeps what
            they saw.
          </p>
        ) : (
          <DataTable
            label="Promotions"
            rows={promotions}
            keyOf={({ id }) => id}
            sortInQuery="promotions"
            columns={[
              { title: 'Outcome', show: ({ outcome }) => <Badge mood={MOODS[outcome]} text={outcome} /> },
              { title: 'Alias', show: ({ alias }) => alias },
              {
                title: 'Version',
                show: ({ version, predecessor }) =>
                  predecessor === undefined ? version : `${version}, after ${predecessor}`,
              },
              {
                title: 'Gates',
                show: ({ gates }) => gates.map(({ gate, passed }) => `${passed ? '✓' : '✗'} ${gate}`).join(', '),
              },
              { title: 'By', show: ({ requestedBy }) => requestedBy },
              { title: 'When', show: ({ at }) => <RelativeTime at={at} />, by: ({ at }) => at },
            ]}
          />
        )
      }
    </Answered>
  )
}
