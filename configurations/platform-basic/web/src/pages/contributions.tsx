import type { JSX } from 'preact'

import { ask } from '../api/ask.ts'
import type { Explanation } from '../api/types.ts'
import { Answered, useAnswer } from '../api/use-answer.tsx'
import { numberText } from '../numbers.ts'
import type { Run } from './run.ts'

/** What each column has to do with the score of a row. */
export function Contributions({ run, row }: { readonly run: Run; readonly row: number }): JSX.Element {
  const answer = useAnswer(JSON.stringify([run, row]), async (signal) => {
    const body = { ...run, explanation: { rows: [row] } }
    const { explanations } = await ask<{ readonly explanations: ReadonlyArray<Explanation> }>('/api/v1/explain', {
      body,
      signal,
    })
    return explanations[0]
  })
  return (
    <Answered of={answer}>
      {(explanation) => {
        const parts = [...(explanation?.contributions ?? [])].sort(
          (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
        )
        if (parts.length === 0) return <p>This detector does not say which columns its scores come from.</p>
        const most = Math.abs(parts[0]?.contribution ?? 0) || 1
        return (
          <ul class="bars">
            {parts.map(({ feature, value, contribution }) => (
              <li key={feature}>
                <span>{feature}</span>
                <span
                  class={contribution < 0 ? 'bar less' : 'bar'}
                  style={{ width: `${(Math.abs(contribution) / most) * 100}%` }}
                />
                <span>
                  {numberText(value)} ({contribution < 0 ? 'makes it more usual' : 'makes it stranger'}:{' '}
                  {numberText(contribution)})
                </span>
              </li>
            ))}
          </ul>
        )
      }}
    </Answered>
  )
}
