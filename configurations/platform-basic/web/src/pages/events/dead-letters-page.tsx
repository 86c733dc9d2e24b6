import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { useAction } from '../../parts/use-action.ts'
import { EventEntry } from './event-entry.tsx'
import { EventTabs } from './event-tabs.tsx'
import type { Happening } from './event.ts'

interface DeadLetter {
  readonly id: string
  readonly subscription: string
  readonly event: Happening
  readonly attempts: number
  readonly error: string
}

/** Deliveries that were given up: to be tried again, or given up for good. */
export function DeadLettersPage(): JSX.Element {
  const [round, setRound] = useState(0)
  const [said, setSaid] = useState('')
  const letters = usePolled(
    'letters',
    (signal) => ask<{ readonly items: ReadonlyArray<DeadLetter> }>('/api/v1/events/dead-letters', { signal }),
    { round },
  )
  const acting = useAction(async (what: 'replay' | 'discard', ids: ReadonlyArray<string>) => {
    const path = `/api/v1/events/dead-letters/${what}`
    const { count } = await ask<{ readonly count: number }>(path, { body: { ids } })
    setSaid(what === 'replay' ? `Delivering again: ${count}.` : `Given up for good: ${count}.`)
    setRound((before) => before + 1)
  })
  return (
    <>
      <EventTabs now="dead-letters" />
      <p>What a webhook or another subscriber did not take, however often it was tried, waits here.</p>
      <p role="status">{said}</p>
      {acting.why !== undefined && <Failure why={acting.why} />}
      <Answered of={letters}>
        {({ items }) => {
          if (items.length === 0) return <p>Everything was delivered.</p>
          const all = items.map(({ id }) => id)
          return (
            <>
              <div class="row">
                <button type="button" disabled={acting.isBusy} onClick={() => acting.start('replay', all)}>
                  Deliver all again
                </button>
                <ConfirmButton
                  label={`Give up all ${items.length} for good`}
                  onConfirm={() => acting.start('discard', all)}
                >
                  Give up all
                </ConfirmButton>
              </div>
              <ol class="entries" aria-label="Not delivered, the oldest first">
                {items.map((letter) => (
                  <Letter key={letter.id} letter={letter} onAct={(what) => acting.start(what, [letter.id])} />
                ))}
              </ol>
            </>
          )
        }}
      </Answered>
    </>
  )
}

function Letter({
  letter: { subscription, event, attempts, error },
  onAct,
}: {
  readonly letter: DeadLetter
  readonly onAct: (what: 'replay' | 'discard') => void
}): JSX.Element {
  const what = `${event.type} to ${subscription}`
  return (
    <EventEntry event={event}>
      <p>
        To <strong>{subscription}</strong>, {attempts === 1 ? 'tried once' : `tried ${attempts} times`}: {error}
      </p>
      <div class="row">
        <button type="button" class="quiet" aria-label={`Deliver ${what} again`} onClick={() => onAct('replay')}>
          Deliver again
        </button>
        <ConfirmButton label={`Give up ${what} for good`} onConfirm={() => onAct('discard')}>
          Give up
        </ConfirmButton>
      </div>
    </EventEntry>
  )
}
