import { MlopsError } from '../../domain/errors.ts'
import type { MlopsEvent } from '../../domain/events/mlops-event.ts'
import { notFound } from '../../domain/refusals.ts'
import { exampleEvent, mlflowBody } from '../../domain/webhooks/webhook-body.ts'
import { typeOf } from '../../domain/webhooks/webhook-checks.ts'
import type { Webhook, WebhookEvent } from '../../domain/webhooks/webhook.ts'
import type { EventChannel } from '../events/event-dispatcher.ts'
import { within } from '../events/within.ts'
import type { Delivery } from '../ports/event-outbox.ts'
import type { WebhookAnswer, WebhookSender } from '../ports/webhook-sender.ts'
import type { WebhookSecrets, WebhookStore } from '../ports/webhook-store.ts'
import { deliveryHeaders } from './sign-delivery.ts'

/** What webhooks work with. */
export interface WebhooksDeps {
  readonly store: Pick<WebhookStore, 'find' | 'list'> & WebhookSecrets
  readonly sender: WebhookSender
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

/** How a trial went. */
export interface WebhookTrial {
  readonly success: boolean
  readonly status?: number
  readonly body?: string
  readonly error?: string
}

const PREFIX = 'webhook:'
const TRIAL_MS = 30_000

/** Tells events to the addresses that were registered: give `channel` to an `EventDispatcher`. */
export class Webhooks {
  readonly #deps: WebhooksDeps

  constructor(deps: WebhooksDeps) {
    this.#deps = deps
  }

  /** Delivers what waits for active webhooks. An answer other than 2xx is a failure; 410 Gone gives up at once. */
  get channel(): EventChannel {
    return {
      subscriptions: async () => {
        const webhooks = await this.#deps.store.list()
        return webhooks.filter(({ status }) => status === 'ACTIVE').map(({ id }) => PREFIX + id)
      },
      handle: (delivery, signal) => this.#deliver(delivery, signal),
    }
  }

  /**
   * Sends an event with made-up data now, active or not: the given one, else the first that the webhook names.
   * @throws MlopsError `mlops/not-found`
   */
  async test(id: string, event?: WebhookEvent): Promise<WebhookTrial> {
    const webhook = await this.#deps.store.find(id)
    if (webhook === undefined) throw notFound('webhook', id)
    const told = event ?? webhook.events[0] ?? { entity: 'REGISTERED_MODEL', action: 'CREATED' }
    const example = exampleEvent(told, this.#deps.now())
    try {
      const body = mlflowBody(told, example)
      const { status, body: answer } = await within(TRIAL_MS, (signal) =>
        this.#send(webhook, { id: this.#deps.newId(), body, type: JSON_TYPE }, signal),
      )
      return { success: isGood(status), status, body: answer }
    } catch (error) {
      return { success: false, error: error instanceof Error ? error.message : String(error) }
    }
  }

  async #deliver({ id, subscription, event }: Delivery, signal: AbortSignal): Promise<void> {
    const webhook = await this.#deps.store.find(subscription.slice(PREFIX.length))
    if (webhook === undefined) return
    const answer = await this.#send(webhook, { id, ...contentOf(webhook, event) }, signal)
    if (isGood(answer.status)) return
    throw new MlopsError('mlops/unavailable', `webhook ${webhook.name} answered ${answer.status}`, {
      ...(answer.status === 410 ? { retryable: false } : {}),
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    })
  }

  async #send(
    { id, url }: Webhook,
    content: { readonly id: string; readonly body: string; readonly type: string },
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    const secret = await this.#deps.store.secretOf(id)
    const headers = await deliveryHeaders(content.id, content.body, this.#deps.now(), secret)
    const request = { url, headers: { 'Content-Type': content.type, ...headers }, body: content.body }
    return this.#deps.sender.send(request, signal)
  }
}

const JSON_TYPE = 'application/json'

function contentOf({ events }: Webhook, event: MlopsEvent): { readonly body: string; readonly type: string } {
  const told = events.find((one) => typeOf(one) === event.type)
  if (told !== undefined) return { body: mlflowBody(told, event), type: JSON_TYPE }
  return { body: JSON.stringify(event), type: 'application/cloudevents+json' }
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300
}
