import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText } from '../../numbers.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Facts } from '../../parts/facts.tsx'
import { DayBars } from './day-bars.tsx'
import { EventTabs } from './event-tabs.tsx'

type Counts = Readonly<Record<string, number>>

interface Analytics {
  readonly totals: Counts
  readonly days: ReadonlyArray<{ readonly day: string; readonly counts: Counts }>
}

const DAYS = 30
const DAY_MS = 86_400_000

/** How much was done: in all, and on each of the last thirty days. */
export function ActivityPage(): JSX.Element {
  const answer = usePolled('analytics', (signal) => {
    const [from, to] = [dayOf(Date.now() - (DAYS - 1) * DAY_MS), dayOf(Date.now())]
    return ask<Analytics>(`/api/v1/analytics?from=${from}&to=${to}`, { signal })
  })
  return (
    <>
      <EventTabs now="activity" />
      <Answered of={answer}>
        {({ totals, days }) => {
          const names = Object.keys(totals)
          return (
            <>
              <h2>In all</h2>
              <Facts of={names.map((name) => [wordsOf(name), countText(totals[name] ?? 0)])} />
              <h2>The last {DAYS} days</h2>
              <DayBars title="Anomalies" days={lastDays(days, 'anomalies')} />
              <DayBars title="Rows scored" days={lastDays(days, 'rows')} />
              <details>
                <summary>All counts by day (UTC)</summary>
                <DataTable
                  label="Counts by day"
                  rows={days.toReversed()}
                  keyOf={({ day }) => day}
                  columns={[
                    { title: 'Day', show: ({ day }) => day },
                    ...names.map((name) => ({
                      title: wordsOf(name),
                      show: ({ counts }: Analytics['days'][number]) => countText(counts[name] ?? 0),
                      isNumber: true,
                    })),
                  ]}
                />
              </details>
            </>
          )
        }}
      </Answered>
    </>
  )
}

// The API leaves out days on which nothing happened.
function lastDays(
  days: Analytics['days'],
  name: string,
): ReadonlyArray<{ readonly day: string; readonly count: number }> {
  const known = new Map(days.map(({ day, counts }) => [day, counts[name] ?? 0]))
  return Array.from({ length: DAYS }, (_, i) => dayOf(Date.now() - (DAYS - 1 - i) * DAY_MS)).map((day) => ({
    day,
    count: known.get(day) ?? 0,
  }))
}

function dayOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10)
}

/** `jobsFailed` as `Jobs failed`. */
function wordsOf(name: string): string {
  const text = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
