import type { Profile, ProfileSummary } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { countText, percentText, timeText } from '../../numbers.ts'
import { Facts } from '../../parts/facts.tsx'
import { ReportLinks } from '../../parts/report-links.tsx'
import { changeQuery } from '../../place.ts'
import { ColumnDetails } from './column-details.tsx'
import { ColumnsTable } from './columns-table.tsx'
import { CorrelationTable } from './correlation-table.tsx'
import { Drift } from './drift.tsx'

const WHOLE = 'the whole table'

/** What a profile says: overview, alerts, columns, correlations, and what drifted since another. */
export function ProfilePage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const path = `/api/v1/profiles/${encodeURIComponent(id)}`
  const answer = useAnswer(id, async (signal) => {
    const [{ profile }, { profiles }] = await Promise.all([
      ask<{ readonly profile: Profile }>(path, { signal }),
      ask<{ readonly profiles: ReadonlyArray<ProfileSummary> }>('/api/v1/profiles?limit=1000', { signal }),
    ])
    return { profile, others: profiles.filter((one) => one.id !== id) }
  })
  const reference = query.get('reference') ?? ''
  return (
    <Answered of={answer}>
      {({ profile, others }) => (
        <>
          <h2>{profile.source}</h2>
          <Overview profile={profile} />
          <ReportLinks
            path={`${path}/report${reference === '' ? '' : `?reference=${encodeURIComponent(reference)}`}`}
            file={`profile-${id}.html`}
          />
          <h2>Alerts</h2>
          <Alerts profile={profile} />
          <h2>Columns</h2>
          <ColumnsTable profile={profile} chosen={query.get('column') ?? ''} wanted={query.get('find') ?? ''} />
          <ColumnDetails
            column={profile.columns.find(({ name }) => name === query.get('column')) ?? profile.columns[0]}
          />
          <h2>What goes together</h2>
          <CorrelationTable correlations={profile.correlations} method={query.get('method') ?? ''} />
          <h2>Since another profile</h2>
          <OtherProfile others={others} reference={reference} />
          {reference !== '' && <Drift path={`${path}/comparison?reference=${encodeURIComponent(reference)}`} />}
        </>
      )}
    </Answered>
  )
}

function Overview({ profile }: { readonly profile: Profile }): JSX.Element {
  const { rows, columns, missingCells, duplicateRows, keys, createdAt, engine } = profile
  const cells = rows * columns.length
  return (
    <Facts
      of={[
        ['Rows', countText(rows)],
        ['Columns', countText(columns.length)],
        ['Missing cells', `${countText(missingCells)}, ${percentText(missingCells / Math.max(1, cells))}`],
        ['Rows that equal an earlier one', duplicateRows === null ? 'not counted' : countText(duplicateRows)],
        ['Told apart by', keys.length > 0 && keys.map((key) => key.columns.join(' + ')).join('; ')],
        ['Made', `${timeText(createdAt)}, by ${engine}`],
      ]}
    />
  )
}

function Alerts({ profile: { alerts } }: { readonly profile: Profile }): JSX.Element {
  if (alerts.length === 0) return <p>There are none.</p>
  return (
    <ul>
      {alerts.map(({ kind, column = WHOLE, message }) => (
        <li key={`${kind} ${column}`}>
          {column !== WHOLE && (
            <button type="button" class="quiet" onClick={() => changeQuery({ column })}>
              {column}
            </button>
          )}{' '}
          {message}
        </li>
      ))}
    </ul>
  )
}

function OtherProfile({
  others,
  reference,
}: {
  readonly others: ReadonlyArray<ProfileSummary>
  readonly reference: string
}): JSX.Element {
  if (others.length === 0) return <p>Make another profile, say of last week's data, to see here what drifted.</p>
  return (
    <label>
      Compare with
      <select value={reference} onChange={({ currentTarget: { value } }) => changeQuery({ reference: value })}>
        <option value="">no other</option>
        {others.map(({ id, source, createdAt }) => (
          <option key={id} value={id}>
            {source}, {timeText(createdAt)}
          </option>
        ))}
      </select>
    </label>
  )
}
