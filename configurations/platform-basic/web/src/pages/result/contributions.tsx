import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { resultPath } from '../../api/results.ts'
import type { Explanation } from '../../api/types.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { numberText } from '../../numbers.ts'

/** What each column has to do with the score of a row. */
export function Contributions({ result, row }: { readonly result: string; readonly row: number }): JSX.Element {
  const path = resultPath(result, `/rows/${row}/explanation`)
  const answer = useAnswer(path, (signal) => ask<Explanation>(path, { signal }))
  return (
    <Answered of={answer}>
      {({ contributions = [] }) => {
        const parts = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
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
