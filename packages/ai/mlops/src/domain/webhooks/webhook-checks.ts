import { checkText } from '../checks/text.ts'
import { checkPattern } from '../events/event-pattern.ts'
import { invalidArgument } from '../refusals.ts'
import type { NewWebhook, WebhookAction, WebhookEntity, WebhookEvent } from './webhook.ts'

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/
const ACTIONS: Readonly<Record<WebhookEntity, ReadonlyArray<WebhookAction>>> = {
  REGISTERED_MODEL: ['CREATED'],
  MODEL_VERSION: ['CREATED'],
  MODEL_VERSION_TAG: ['SET', 'DELETED'],
  MODEL_VERSION_ALIAS: ['CREATED', 'DELETED'],
  PROMPT: ['CREATED'],
  PROMPT_VERSION: ['CREATED'],
  PROMPT_TAG: ['SET', 'DELETED'],
  PROMPT_VERSION_TAG: ['SET', 'DELETED'],
  PROMPT_ALIAS: ['CREATED', 'DELETED'],
}

/** Refuses what is given and breaks a rule; what is absent is fine. @throws MlopsError `mlops/invalid-argument` */
export function checkWebhookParts({
  name,
  url,
  events,
  patterns,
  description,
  secret,
  status,
}: Partial<NewWebhook>): void {
  if (name !== undefined && !NAME.test(name))
    throw invalidArgument(
      'name',
      "must be 1 to 63 letters, digits, '.', '_' and '-', and begin and end with a letter or digit",
      {
        found: name.slice(0, 100),
      },
    )
  if (url !== undefined) checkUrl(url)
  for (const event of events ?? []) checkEvent(event)
  for (const pattern of patterns ?? []) checkPattern(pattern)
  if (description !== undefined) checkText('description', description, 0, 1000)
  if (secret !== undefined) checkText('secret', secret, 0, 1000)
  if (status !== undefined && status !== 'ACTIVE' && status !== 'DISABLED')
    throw invalidArgument('status', 'must be ACTIVE or DISABLED', { found: status })
}

/** @throws MlopsError `mlops/invalid-argument` when there is nothing to tell it */
export function checkSomethingToTell({ events = [], patterns = [] }: Pick<NewWebhook, 'events' | 'patterns'>): void {
  if (events.length + patterns.length === 0)
    throw invalidArgument('events', 'must name at least one event', { found: [] })
}

/** The type of the events that a webhook's event stands for: `MODEL_VERSION_TAG` `SET` is `nomaly.model-version-tag.set`. */
export function typeOf({ entity, action }: WebhookEvent): string {
  return `nomaly.${entity.toLowerCase().replaceAll('_', '-')}.${action.toLowerCase()}`
}

function checkEvent({ entity, action }: WebhookEvent): void {
  const actions = Object.hasOwn(ACTIONS, entity) ? ACTIONS[entity] : []
  if (!actions.includes(action))
    throw invalidArgument('events', `there is no event ${entity}.${action}; there are ${combinations()}`, {
      found: { entity, action },
    })
}

function combinations(): string {
  return Object.entries(ACTIONS)
    .flatMap(([entity, actions]) => actions.map((action) => `${entity}.${action}`))
    .join(', ')
}

function checkUrl(url: string): void {
  checkText('url', url, 1, 2048)
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    throw invalidArgument('url', 'must be an http or https URL', { found: url.slice(0, 100) })
  if (parsed.username !== '' || parsed.password !== '')
    throw invalidArgument('url', 'must hold no user name or password: it is shown to whoever lists webhooks')
}
