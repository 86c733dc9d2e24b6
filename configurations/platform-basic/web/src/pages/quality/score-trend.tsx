import type { QualityTrend } from '@nomaly/data-quality'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { LineChart } from '../../charts/line-chart.tsx'
import { timeText } from '../../numbers.ts'
import { scoreText, wordsOf } from './quality.ts'

/** How the score of a data set went from check to check, and which expectations are unmet since when. */
export function ScoreTrend({ dataset }: { readonly dataset: string }): JSX.Element {
  const answer = useAnswer(`trend ${dataset}`, (signal) =>
    ask<QualityTrend>(`/api/v1/quality/trends/${encodeURIComponent(dataset)}`, { signal }),
  )
  return (
    <Answered of={answer}>
      {({ runs, scoreChange, expectations }) => {
        if (runs.length < 2) return <p>The history begins with the second check.</p>
        const points = runs.flatMap(({ score }, run) => (score === null ? [] : [[run + 1, score] as const]))
        const broken = expectations.filter(({ last }) => last !== 'met')
        return (
          <>
            <LineChart
              label={`Score of ${dataset} over ${runs.length} checks`}
              across="check"
              lines={[{ name: 'score', points }]}
            />
            {scoreChange !== null && <p>The last score is {changeText(scoreChange)} the mean of those before.</p>}
            {broken.length > 0 && (
              <ul>
                {broken.map(({ expectation, type, subject, since, met, runs: times }) => (
                  <li key={expectation}>
                    <strong>{subject}</strong> {wordsOf(type)}: unmet since {timeText(since)}, met in {met} of {times}
                  </li>
                ))}
              </ul>
            )}
          </>
        )
      }}
    </Answered>
  )
}

function changeText(change: number): string {
  if (Math.abs(change) < 0.05) return 'as'
  return `${scoreText(Math.abs(change))} ${change < 0 ? 'below' : 'above'}`
}
