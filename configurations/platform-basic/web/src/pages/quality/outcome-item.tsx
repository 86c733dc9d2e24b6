import type { ExpectationResult } from '@nomaly/data-quality'
import type { JSX } from 'preact'

import { countText, percentText } from '../../numbers.ts'
import { Badge } from '../../parts/badge.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { argumentsOf, badgeOf, subjectOf, valueText, wordsOf } from './quality.ts'

/** An expectation and how it came out, with samples of what was not expected. */
export function OutcomeItem({ outcome }: { readonly outcome: ExpectationResult }): JSX.Element {
  const { expectation, result, exception } = outcome
  const { unexpectedCount, unexpectedPercent, observedValue, details } = result
  return (
    <li>
      <Badge {...badgeOf(outcome)} /> <strong>{subjectOf(expectation)}</strong> {wordsOf(expectation.type)}{' '}
      <em>{argumentsOf(expectation)}</em>
      {exception !== undefined && <p>{exception.message}</p>}
      {unexpectedCount !== undefined && unexpectedCount > 0 && (
        <p>
          {countText(unexpectedCount)} unexpected
          {typeof unexpectedPercent === 'number' && `, ${percentText(unexpectedPercent / 100)} of the values`}
        </p>
      )}
      {observedValue !== undefined && <p>Observed: {valueText(observedValue)}</p>}
      <Samples outcome={outcome} />
      {details !== undefined && !outcome.success && (
        <details>
          <summary>Details</summary>
          <JsonView label="Details" value={details} />
        </details>
      )}
    </li>
  )
}

function Samples({ outcome }: { readonly outcome: ExpectationResult }): JSX.Element | null {
  const { result } = outcome
  const counts = result.partialUnexpectedCounts ?? []
  const values = result.partialUnexpectedList ?? []
  const rows = result.partialUnexpectedIndexList ?? []
  if (counts.length + values.length === 0) return null
  return (
    <details open={!outcome.success}>
      <summary>Samples of what was not expected</summary>
      <p class="wrapped">
        {counts.length > 0
          ? counts.map(({ value, count }) => `${valueText(value)} (${countText(count)})`).join(', ')
          : values.map(valueText).join(', ')}
      </p>
      {rows.length > 0 && <p class="wrapped">In rows {rows.map(valueText).join(', ')}</p>}
    </details>
  )
}
