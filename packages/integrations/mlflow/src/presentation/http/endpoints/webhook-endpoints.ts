import { z } from 'zod'

import type { WebhookStore } from '../../../application/ports/webhook-store.ts'
import { MlflowError } from '../../../domain/errors.ts'
import type { NewWebhook, Webhook, WebhookAction, WebhookEntity, WebhookEvent } from '../../../domain/webhook.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field, named } from '../request/fields.ts'
import { maxResults } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { filled, some } from '../wire/plain.ts'

const entity = named<WebhookEntity>({
  REGISTERED_MODEL: 1,
  MODEL_VERSION: 2,
  MODEL_VERSION_TAG: 3,
  MODEL_VERSION_ALIAS: 4,
  PROMPT: 5,
  PROMPT_VERSION: 6,
  PROMPT_TAG: 7,
  PROMPT_VERSION_TAG: 8,
  PROMPT_ALIAS: 9,
})
const action = named<WebhookAction>({ CREATED: 1, DELETED: 3, SET: 4 })
const event = z.object({ entity, action })
const parts = { description: field.text(), secret: field.text(), status: named({ ACTIVE: 1, DISABLED: 2 }) }
const id = { webhook_id: field.requiredText() }
const ROOT = '/mlflow/webhooks'

/** Webhooks: register, read, list, change, delete, try. None where the ports have no webhooks. */
export function webhookEndpoints({
  webhooks,
  webhookTester,
}: Pick<TrackerPorts, 'webhooks' | 'webhookTester'>): ReadonlyArray<Endpoint> {
  if (webhooks === undefined) return []
  return [
    endpoint(
      'POST',
      ROOT,
      { name: field.requiredText(), url: field.requiredText(), events: field.requiredList(event), ...parts },
      async ({ name, url, events, ...rest }) => ({
        webhook: webhookWire(await webhooks.create({ name, url, events: eventsOf(events), ...given(rest) })),
      }),
    ),
    endpoint('GET', ROOT, { max_results: maxResults(1000, 100), page_token: field.text() }, async (request) =>
      page(await webhooks.list(), request.max_results, request.page_token),
    ),
    endpoint('GET', `${ROOT}/:webhook_id`, id, async (request) => ({
      webhook: webhookWire(await found(webhooks, request.webhook_id)),
    })),
    endpoint(
      'PATCH',
      `${ROOT}/:webhook_id`,
      { ...id, name: field.text(), url: field.text(), events: field.list(event), ...parts },
      async ({ webhook_id: key, events, ...rest }) => {
        const told = events.length === 0 ? {} : { events: eventsOf(events) } // an empty list is an absent one
        const changed = await webhooks.change(key, { kind: 'update', ...told, ...given(rest) })
        return { webhook: webhookWire(changed ?? (await found(webhooks, key))) }
      },
    ),
    endpoint('DELETE', `${ROOT}/:webhook_id`, id, async (request) => {
      await webhooks.change(request.webhook_id, { kind: 'delete' })
      return {}
    }),
    endpoint('POST', `${ROOT}/:webhook_id/test`, { ...id, event: event.optional() }, async (request) => {
      await found(webhooks, request.webhook_id)
      if (webhookTester === undefined)
        throw new MlflowError('mlflow/not-supported', 'This server cannot try webhooks: it sends none.')
      const asked = request.event === undefined ? [] : eventsOf([request.event])
      const { success, status, body, error } = await webhookTester.test(request.webhook_id, ...asked)
      return { result: { success, response_status: status, response_body: filled(body), error_message: error } }
    }),
  ]
}

/** MLflow's `Webhook`. */
function webhookWire(webhook: Webhook): object {
  return {
    webhook_id: webhook.id,
    name: webhook.name,
    description: filled(webhook.description),
    url: webhook.url,
    events: some(webhook.events.map((told) => ({ entity: told.entity, action: told.action }))),
    status: webhook.status,
    creation_timestamp: webhook.createdAt,
    last_updated_timestamp: webhook.updatedAt,
  }
}

async function found(webhooks: WebhookStore, key: string): Promise<Webhook> {
  const webhook = await webhooks.find(key)
  if (webhook !== undefined) return webhook
  throw new MlflowError('mlflow/not-found', `Webhook with ID ${key} not found.`, { entity: 'webhook', key })
}

/** @throws MlflowError `mlflow/invalid-argument` for an event that lacks a part */
function eventsOf(events: ReadonlyArray<z.output<typeof event>>): ReadonlyArray<WebhookEvent> {
  return events.map((told, index) => {
    if (told.entity !== undefined && told.action !== undefined) return { entity: told.entity, action: told.action }
    const missing = told.entity === undefined ? 'entity' : 'action'
    const message = `Missing value for required parameter 'events[${index}].${missing}'.`
    throw new MlflowError('mlflow/invalid-argument', message)
  })
}

/** What a client sends as an empty text it does not want changed. */
function given(values: {
  readonly [K in 'name' | 'url' | 'description' | 'secret' | 'status']?: NewWebhook[K] | undefined
}): Partial<Omit<NewWebhook, 'events'>> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(kept) as Partial<Omit<NewWebhook, 'events'>> // some of its members
}

function page(webhooks: ReadonlyArray<Webhook>, size: number, token: string | undefined): object {
  if (token !== undefined && !/^\d{1,9}$/.test(token))
    throw new MlflowError('mlflow/invalid-argument', 'Invalid page token')
  const start = Number(token ?? 0)
  const end = start + size
  return {
    webhooks: some(webhooks.slice(start, end).map(webhookWire)),
    next_page_token: end < webhooks.length ? String(end) : undefined,
  }
}
