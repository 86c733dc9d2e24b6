import type { Webhook, WebhookAttempt } from '@nomaly/integration-sqlite'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { Badge } from '../../parts/badge.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { CursorPager, cursorIn } from '../../parts/cursor-pager.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Facts } from '../../parts/facts.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf, goTo } from '../../place.ts'
import { EventTabs } from './event-tabs.tsx'
import { WebhookState } from './webhook-state.tsx'

interface Deliveries {
  readonly items: ReadonlyArray<WebhookAttempt>
  readonly next: string | null
}

/** A webhook: whether it is reached, how its calls went, and what may be done about it. */
export function WebhookPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const id = query.get('id') ?? ''
  const path = `/api/v1/webhooks/${encodeURIComponent(id)}`
  const cursor = cursorIn(query)
  const [round, setRound] = useState(0)
  const [said, setSaid] = useState('')
  const answer = usePolled(
    `webhook ${id} ${cursor ?? ''}`,
    async (signal) => {
      const more = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const [{ items }, deliveries] = await Promise.all([
        ask<{ readonly items: ReadonlyArray<Webhook> }>('/api/v1/webhooks', { signal }),
        ask<Deliveries>(`${path}/deliveries?limit=50${more}`, { signal }),
      ])
      return { webhook: items.find((one) => one.id === id), deliveries }
    },
    { round },
  )
  const acting = useAction(async (what: 'test' | 'enable' | 'delete') => {
    setSaid('')
    if (what === 'delete') {
      await ask(path, { method: 'DELETE' })
      goTo('webhooks')
      return
    }
    const { isDelivered = true, error = '' } = await ask<Partial<WebhookAttempt>>(`${path}/${what}`, { method: 'POST' })
    setSaid(what === 'enable' ? 'It is called again.' : isDelivered ? 'It answered.' : `It did not take it: ${error}`)
    setRound((before) => before + 1)
  })
  return (
    <>
      <EventTabs now="webhooks" />
      {acting.why !== undefined && <Failure why={acting.why} />}
      <Answered of={answer}>
        {({ webhook, deliveries }) => (
          <>
            {webhook !== undefined && <AboutWebhook webhook={webhook} onAct={acting.start} isBusy={acting.isBusy} />}
            <p role="status">{said}</p>
            <h2>Calls</h2>
            {deliveries.items.length === 0 ? (
              <p>It was not called yet.</p>
            ) : (
              <DataTable
                label="Calls, the newest first"
                columns={COLUMNS}
                rows={deliveries.items}
                keyOf={({ message, attempt, at }) => `${message} ${attempt} ${at}`}
              />
            )}
            <CursorPager label="calls" next={deliveries.next} />
            <p>
              What it did not take in the end waits under <a href={addressOf('dead-letters')}>Not delivered</a>.
            </p>
          </>
        )}
      </Answered>
    </>
  )
}

function AboutWebhook({
  webhook,
  onAct,
  isBusy,
}: {
  readonly webhook: Webhook
  readonly onAct: (what: 'test' | 'enable' | 'delete') => void
  readonly isBusy: boolean
}): JSX.Element {
  const { url, patterns, description, createdAt, status } = webhook
  return (
    <>
      <h2>{url}</h2>
      <p>
        <WebhookState webhook={webhook} />
      </p>
      <Facts
        of={[
          ['For', description],
          ['Called for', patterns.join(', ')],
          ['Added', timeText(createdAt)],
        ]}
      />
      <div class="row">
        <button type="button" disabled={isBusy} onClick={() => onAct('test')}>
          Call it now
        </button>
        {status === 'disabled' && (
          <button type="button" disabled={isBusy} onClick={() => onAct('enable')}>
            Call it again from now on
          </button>
        )}
        <ConfirmButton label={`Delete the webhook of ${url}`} onConfirm={() => onAct('delete')}>
          Delete
        </ConfirmButton>
      </div>
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<WebhookAttempt>> = [
  { title: 'When', show: ({ at }) => timeText(at) },
  { title: 'Event', show: ({ type }) => type },
  { title: 'Attempt', show: ({ attempt }) => (attempt === 0 ? 'trial' : attempt), isNumber: true },
  {
    title: 'How it went',
    show: ({ isDelivered, status, error = '' }) =>
      isDelivered ? (
        <Badge mood="good" text={`answered ${status ?? ''}`} />
      ) : (
        <Badge mood="bad" text={status === undefined ? error : `answered ${status}`} />
      ),
  },
  { title: 'Took', show: ({ durationMs }) => durationText(durationMs), isNumber: true },
]
