import type { JSX } from 'preact'

import { ask } from '../../api/ask.ts'
import { Answered } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText } from '../../numbers.ts'
import { Badge } from '../../parts/badge.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { addressOf } from '../../place.ts'
import { NewStream } from './new-stream.tsx'
import type { Stream } from './stream.ts'

/** The streams and how they do, and a way to make one. */
export function StreamsPage(): JSX.Element {
  const answer = usePolled('streams', (signal) =>
    ask<{ readonly streams: ReadonlyArray<Stream> }>('/api/v1/streams', { signal }),
  )
  return (
    <>
      <p>A stream scores samples as they come, each before its model learns from it.</p>
      <Answered of={answer}>
        {({ streams }) =>
          streams.length === 0 ? (
            <p>There are none yet.</p>
          ) : (
            <DataTable label="Streams" columns={COLUMNS} rows={streams} keyOf={({ name }) => name} />
          )
        }
      </Answered>
      <h2>A new stream</h2>
      <NewStream />
    </>
  )
}

const counted = (title: string, count: string): Column<Stream> => ({
  title,
  show: ({ counts }) => countText(counts?.[count] ?? 0),
  by: ({ counts }) => counts?.[count],
  isNumber: true,
})

const COLUMNS: ReadonlyArray<Column<Stream>> = [
  { title: 'Stream', show: ({ name }) => <a href={addressOf('stream', { name })}>{name}</a>, by: ({ name }) => name },
  {
    title: 'State',
    show: ({ state, reason }) =>
      state === 'ready' ? <Badge mood="good" text="ready" /> : <Badge mood="bad" text={`failed: ${reason ?? ''}`} />,
  },
  counted('Samples', 'received'),
  counted('Anomalies', 'anomalies'),
  counted('Changes', 'drifts'),
  { title: 'Made', show: ({ createdAt }) => <RelativeTime at={createdAt} />, by: ({ createdAt }) => createdAt },
]
