import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import type { Frame } from '../../live/sse-frames.ts'
import { LiveNote, useLive } from '../../live/use-live.tsx'
import { textsOf } from '../../parts/texts-of.ts'
import { changeQuery } from '../../place.ts'
import { EventEntry } from './event-entry.tsx'
import { EventTabs } from './event-tabs.tsx'
import type { Happening } from './event.ts'

const MOST = 200
const KNOWN = [
  'nomaly.dataset.*',
  'nomaly.detection.*',
  'nomaly.anomaly.*',
  'nomaly.drift.*',
  'nomaly.model.*',
  'nomaly.profile.*',
  'nomaly.quality.*',
]

const read = ({ data }: Frame): Happening => JSON.parse(data) as Happening // as the API describes it

/** What has happened, and what happens now. */
export function EventsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const patterns = query.get('patterns') ?? ''
  const [isPaused, setPaused] = useState(false)
  const wanted = patterns === '' ? '' : `&patterns=${encodeURIComponent(patterns)}`
  const { state, items } = useLive<Happening>(`/api/v1/events?after=-${MOST}${wanted}`, { most: MOST, read, isPaused })
  return (
    <>
      <EventTabs now="events" />
      <form
        key={patterns}
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          changeQuery(textsOf(event.currentTarget))
        }}
      >
        <label class="inline">
          Only types like
          <input type="text" name="patterns" list="known-patterns" defaultValue={patterns} placeholder="all" />
        </label>
        <datalist id="known-patterns">
          {KNOWN.map((pattern) => (
            <option key={pattern} value={pattern} />
          ))}
        </datalist>
        <button type="submit" class="quiet">
          Choose
        </button>
        <button type="button" class="quiet" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
          Pause
        </button>
      </form>
      <LiveNote state={state} isPaused={isPaused} />
      {state.kind === 'connected' && items.length === 0 && <p>Nothing of this kind has happened yet.</p>}
      <ol class="entries" aria-label="Events, the newest first">
        {items.toReversed().map((event) => (
          <EventEntry key={`${event.source} ${event.id}`} event={event} />
        ))}
      </ol>
      {items.length === MOST && <p>The newest {MOST} are shown; all of them are at GET /api/v1/events.</p>}
    </>
  )
}
