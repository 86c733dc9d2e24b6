import type { KeptResult } from '@nomaly/data-quality'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { countText, timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { Facts } from '../../parts/facts.tsx'
import { ReportLinks } from '../../parts/report-links.tsx'
import { addressOf, changeQuery } from '../../place.ts'
import { OutcomeItem } from './outcome-item.tsx'
import { scoreText } from './quality.ts'
import { ScoreTrend } from './score-trend.tsx'

/** What a check found, expectation by expectation, and how it went before. */
export function QualityResultPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const path = `/api/v1/quality/results/${encodeURIComponent(query.get('id') ?? '')}`
  const answer = useAnswer(path, (signal) => ask<KeptResult>(path, { signal }))
  return (
    <Answered of={answer}>
      {(check) => (
        <>
          <h2>
            {check.dataset} by{' '}
            <a href={addressOf('suite', { name: check.validation.suite })}>{check.validation.suite}</a>
          </h2>
          <Summary check={check} />
          <ReportLinks path={`${path}/report`} file={`check-${check.id}.html`} />
          <h2>Expectations</h2>
          <Outcomes check={check} show={query.get('show') ?? ''} />
          <h2>History</h2>
          <ScoreTrend dataset={check.dataset} />
          <p>
            <a href={addressOf('quality', { of: check.dataset })}>All checks of {check.dataset}</a>
          </p>
        </>
      )}
    </Answered>
  )
}

function Summary({ check: { validation, score } }: { readonly check: KeptResult }): JSX.Element {
  const { success, statistics, rows, startedAt, durationMs, engine } = validation
  return (
    <>
      <p>
        <Badge mood={success ? 'good' : 'bad'} text={success ? 'as expected' : 'not as expected'} />
      </p>
      <Facts
        of={[
          ['Expectations met', `${statistics.successful} of ${statistics.evaluated}`],
          ['Score', score.score !== null && `${scoreText(score.score)} of 100`],
          ...score.dimensions.map(
            ({ dimension, score: one, unmet }) =>
              [dimension, `${scoreText(one)} of 100${unmet === 0 ? '' : `, ${unmet} unmet`}`] as const,
          ),
          ['Rows', countText(rows)],
          ['When', `${timeText(startedAt)}, in ${durationText(durationMs)}, by ${engine}`],
        ]}
      />
    </>
  )
}

function Outcomes({ check, show }: { readonly check: KeptResult; readonly show: string }): JSX.Element {
  const { results } = check.validation
  const unmet = results.filter(({ success }) => !success)
  const shown = show === 'all' || unmet.length === 0 ? results : unmet
  return (
    <>
      {unmet.length > 0 && unmet.length < results.length && (
        <label class="inline">
          <input
            type="checkbox"
            checked={show === 'all'}
            onChange={({ currentTarget: { checked } }) => changeQuery({ show: checked ? 'all' : '' })}
          />{' '}
          Also those that are met
        </label>
      )}
      <ul class="outcomes">
        {shown.map((outcome, index) => (
          <OutcomeItem key={`${show} ${index}`} outcome={outcome} />
        ))}
      </ul>
    </>
  )
}
