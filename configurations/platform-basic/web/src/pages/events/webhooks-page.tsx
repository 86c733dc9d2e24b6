import type { Webhook } from '@nomaly/integration-sqlite'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure } from '../../api/use-answer.tsx'
import { usePolled } from '../../live/use-polled.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { textsOf } from '../../parts/texts-of.ts'
import { useAction } from '../../parts/use-action.ts'
import { addressOf } from '../../place.ts'
import { EventTabs } from './event-tabs.tsx'
import { WebhookState } from './webhook-state.tsx'

/** Addresses that are called when something happens, and a way to add one. */
export function WebhooksPage(): JSX.Element {
  const [round, setRound] = useState(0)
  const list = usePolled(
    'webhooks',
    (signal) => ask<{ readonly items: ReadonlyArray<Webhook> }>('/api/v1/webhooks', { signal }),
    { round },
  )
  return (
    <>
      <EventTabs now="webhooks" />
      <Answered of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <p>Nobody is called yet.</p>
          ) : (
            <DataTable label="Webhooks" columns={COLUMNS} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Answered>
      <h2>Add one</h2>
      <NewWebhook onAdded={() => setRound((before) => before + 1)} />
    </>
  )
}

const COLUMNS: ReadonlyArray<Column<Webhook>> = [
  { title: 'Address', show: ({ id, url }) => <a href={addressOf('webhook', { id })}>{url}</a>, by: ({ url }) => url },
  { title: 'For', show: ({ description }) => description },
  { title: 'State', show: (webhook) => <WebhookState webhook={webhook} /> },
  { title: 'Called for', show: ({ patterns }) => patterns.join(', ') },
  { title: 'Added', show: ({ createdAt }) => <RelativeTime at={createdAt} />, by: ({ createdAt }) => createdAt },
]

function NewWebhook({ onAdded }: { readonly onAdded: () => void }): JSX.Element {
  const [added, setAdded] = useState<{ readonly url: string; readonly secret: string }>()
  const adding = useAction(async (form: HTMLFormElement) => {
    const { url, patterns = '', description } = textsOf(form)
    setAdded(await ask('/api/v1/webhooks', { body: { url, patterns: patterns.split(/[\s,]+/), description } }))
    form.reset()
    onAdded()
  })
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          adding.start(event.currentTarget)
        }}
      >
        <label>
          Address
          <input type="url" name="url" required placeholder="https://alerts.example.com/nomaly" />
        </label>
        <label>
          Types of events, with commas between
          <input type="text" name="patterns" required defaultValue="nomaly.anomaly.detected" />
        </label>
        <label>
          What it is for
          <input type="text" name="description" />
        </label>
        <p>
          <button type="submit" disabled={adding.isBusy}>
            Add
          </button>
        </p>
        {adding.why !== undefined && <Failure why={adding.why} />}
      </form>
      <div role="status">
        {added !== undefined && (
          <>
            <p>
              {added.url} is called from now on. Calls are signed with this secret; it is shown{' '}
              <strong>only now</strong>:
            </p>
            <pre class="scroll json">{added.secret}</pre>
          </>
        )}
      </div>
    </>
  )
}
