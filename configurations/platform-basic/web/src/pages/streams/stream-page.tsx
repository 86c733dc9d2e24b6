import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { countText, numberText, timeText } from '../../numbers.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { type Fact, Facts } from '../../parts/facts.tsx'
import { useAction } from '../../parts/use-action.ts'
import { goTo } from '../../place.ts'
import { LiveResults } from './live-results.tsx'
import { PushSamples } from './push-samples.tsx'
import { StreamAnomalies } from './stream-anomalies.tsx'
import { type Stream, streamPath } from './stream.ts'

/** A stream, live: what comes, what of it is odd, and a way to push samples. */
export function StreamPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const name = query.get('name') ?? ''
  const [round, setRound] = useState(0)
  const answer = usePolled(`stream ${name}`, (signal) => ask<Stream>(streamPath(name), { signal }), { round })
  const removing = useAction(async () => {
    await ask(streamPath(name), { method: 'DELETE' })
    goTo('streams')
  })
  return (
    <>
      <h2>{name}</h2>
      {removing.why !== undefined && <Failure why={removing.why} />}
      <Answered of={answer}>
        {(stream) => (
          <>
            {stream.state === 'failed' ? (
              <Failure why={`The stream cannot be opened: ${stream.reason ?? ''}`} />
            ) : (
              <>
                {(stream.samples ?? 0) === 0 && <p>It waits for samples: push some below, or from anywhere.</p>}
                <LiveResults stream={stream} query={query} />
                <h2>Push samples</h2>
                <PushSamples stream={stream} onTaken={() => setRound((before) => before + 1)} />
                <h2>Anomalies</h2>
                <StreamAnomalies
                  name={name}
                  count={stream.counts?.['anomalies'] ?? 0}
                  features={stream.features ?? []}
                />
                <h2>About it</h2>
                <Facts of={factsOf(stream)} />
              </>
            )}
            <p>
              <ConfirmButton label={`Delete ${name} with its model and results`} onConfirm={removing.start}>
                Delete
              </ConfirmButton>
            </p>
          </>
        )}
      </Answered>
    </>
  )
}

const COUNTS = [
  ['received', 'Samples received'],
  ['scored', 'Scored'],
  ['anomalies', 'Anomalies'],
  ['alarms', 'Runs of anomalies'],
  ['missing', 'Left out: a number missing'],
  ['late', 'Left out: too late'],
  ['duplicates', 'Left out: twice the same time'],
  ['refused', 'Refused'],
  ['drifts', 'Changes of the stream'],
] as const

function factsOf({ createdAt, options, features, threshold, counts = {} }: Stream): ReadonlyArray<Fact> {
  return [
    ...COUNTS.map(([name, title]): Fact => [title, countText(counts[name] ?? 0)]),
    ['Made', timeText(createdAt)],
    ['Detector', options?.detector?.id ?? 'chosen for the data'],
    ['Features', features?.join(', ')],
    ['Threshold', typeof threshold === 'number' && numberText(threshold)],
  ]
}
