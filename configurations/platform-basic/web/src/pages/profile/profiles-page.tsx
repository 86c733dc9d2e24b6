import type { ProfileSummary } from '@nomaly/data-profiling'
import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered, useAnswer } from '../../api/use-answer.tsx'
import { countText } from '../../numbers.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { DatasetJob } from '../../parts/dataset-job.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf, changeQuery, goTo } from '../../place.ts'

const PAGE = 100

/** Profiles that were made, and a way to make one. */
export function ProfilesPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const before = query.get('before') ?? ''
  const list = useAnswer(`profiles ${before}`, (signal) =>
    ask<{ readonly profiles: ReadonlyArray<ProfileSummary> }>(
      `/api/v1/profiles?limit=${PAGE}${before === '' ? '' : `&before=${encodeURIComponent(before)}`}`,
      { signal },
    ),
  )
  return (
    <>
      <p>
        A profile says what is in a data set: types, missing and frequent values, distributions, what goes together.
      </p>
      <DatasetJob
        query={query}
        kind="profile"
        button="Profile it"
        onDone={({ profile }) => goTo('profile', { id: String(profile) })}
      />
      <h2>Profiles, the newest first</h2>
      <Answered of={list}>
        {({ profiles }) =>
          profiles.length === 0 ? (
            <p>
              There are none yet. Choose a data set and press "Profile it"; <code>nomaly profile FILE</code> writes the
              same as a file.
            </p>
          ) : (
            <>
              <DataTable label="Profiles" columns={COLUMNS} rows={profiles} keyOf={({ id }) => id} />
              {profiles.length === PAGE && (
                <button
                  type="button"
                  class="quiet"
                  onClick={() => changeQuery({ before: String(profiles.at(-1)?.createdAt ?? '') })}
                >
                  Older ones
                </button>
              )}
            </>
          )
        }
      </Answered>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<ProfileSummary>> = [
  {
    title: 'Of',
    show: ({ id, source }) => <a href={addressOf('profile', { id })}>{source}</a>,
    by: ({ source }) => source,
  },
  { title: 'Rows', show: ({ rows }) => countText(rows), by: ({ rows }) => rows, isNumber: true },
  { title: 'Columns', show: ({ columns }) => countText(columns), by: ({ columns }) => columns, isNumber: true },
  { title: 'Alerts', show: ({ alerts }) => countText(alerts), by: ({ alerts }) => alerts, isNumber: true },
  { title: 'Made', show: ({ createdAt }) => <RelativeTime at={createdAt} />, by: ({ createdAt }) => createdAt },
]
