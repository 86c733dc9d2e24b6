import { SqliteError } from '../../domain/errors.ts'
import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import { readFailure } from '../../domain/failure.ts'
import type { RetrySchedule } from '../../domain/retry-schedule.ts'
import {
  checkWebhookDraft,
  type Webhook,
  type WebhookAttempt,
  type WebhookDraft,
} from '../../domain/webhooks/webhook.ts'
import type { EventBus, EventDelivery } from '../ports/event-bus.ts'
import type { WebhookSecrets, WebhookSender } from '../ports/webhook-sender.ts'
import type { WebhookStore } from '../ports/webhook-store.ts'
import { messageId, newSecret, signedHeaders } from './sign-message.ts'

/** What webhooks work with. */
export interface WebhooksDeps {
  readonly webhooks: WebhookStore
  readonly bus: EventBus
  readonly sender: WebhookSender
  readonly secrets: WebhookSecrets
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Unique for every call. */
  readonly newId: () => string
  /** When a failed call is tried again; default 13 tries in a day and a half. */
  readonly schedule?: RetrySchedule | undefined
  /** Milliseconds of nothing but failures after which a webhook is disabled; default five days. */
  readonly giveUpAfterMs?: number | undefined
  /** Milliseconds that a receiver may take; default 15,000. */
  readonly timeoutMs?: number | undefined
}

const SCHEDULE: RetrySchedule = { attempts: 13, firstMs: 1000, factor: 4, maxMs: 8 * 3_600_000 }
const FIVE_DAYS_MS = 5 * 86_400_000
const MOST_WEBHOOKS = 100 // each is asked for at every event
const TIMEOUT_MS = 15_000
const SOURCE = '/nomaly/webhooks'

/**
 * Tells events to addresses, at least once, as signed CloudEvents: an answer other than 2xx is a failure, and tried again; 410 disables.
 * What could not be delivered is among the dead letters, under `webhook:ID`.
 */
export class Webhooks {
  readonly #deps: WebhooksDeps

  constructor(deps: WebhooksDeps) {
    this.#deps = deps
  }

  /** Subscribes those that are active. */
  async start(): Promise<void> {
    for (const webhook of await this.#deps.webhooks.list())
      if (webhook.status === 'active') await this.#subscribe(webhook)
  }

  /** Adds one; its secret is told here only. @throws SqliteError `sqlite/invalid-argument`; `sqlite/invalid-state` past 100 */
  async create(draft: WebhookDraft): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
    const { webhooks, sender, secrets, newId } = this.#deps
    const checked = checkWebhookDraft(draft)
    try {
      sender.check(checked.url)
    } catch (cause) {
      throw new SqliteError('sqlite/invalid-argument', readFailure(cause).failure.message, { retryable: false })
    }
    if ((await webhooks.list()).length >= MOST_WEBHOOKS)
      throw new SqliteError('sqlite/invalid-state', `there are ${MOST_WEBHOOKS} webhooks: remove one`, {
        retryable: false,
      })
    const [id, secret] = [newId(), newSecret()]
    const webhook = await webhooks.create(id, checked, secrets.seal(secret, id))
    await this.#subscribe(webhook)
    return { webhook, secret }
  }

  /** Forgets one with all that waits for it. @throws SqliteError `sqlite/not-found` */
  async remove(id: string): Promise<void> {
    await this.#found(id)
    await this.#deps.bus.unsubscribe(nameOf(id))
    await this.#deps.webhooks.remove(id)
  }

  /** Makes one active again; what could not be delivered waits among the dead letters. @throws SqliteError `sqlite/not-found` */
  async enable(id: string): Promise<Webhook> {
    await this.#deps.webhooks.setDisabled(id, undefined)
    const webhook = await this.#found(id)
    await this.#subscribe(webhook)
    return webhook
  }

  /** Calls one now, active or not, with an event of the type `nomaly.webhook.tested`. @throws SqliteError `sqlite/not-found` */
  async test(id: string): Promise<WebhookAttempt> {
    const webhook = await this.#found(id)
    const event = this.#eventOf('tested', id, this.#deps.newId(), {})
    const { attempt } = await this.#call(webhook, { event, attempt: 0 })
    await this.#deps.webhooks.attempted(id, attempt)
    return attempt
  }

  async #found(id: string): Promise<Webhook> {
    const webhook = await this.#deps.webhooks.find(id)
    if (webhook === undefined) throw webhookNotFound(id)
    return webhook
  }

  #subscribe({ id, patterns }: Webhook): Promise<void> {
    const { bus, schedule = SCHEDULE, timeoutMs = TIMEOUT_MS } = this.#deps
    const handle = (delivery: EventDelivery, signal: AbortSignal): Promise<void> => this.#deliver(id, delivery, signal)
    // beside the receiver's time, some for what is kept of it
    return bus.subscribe({ name: nameOf(id), patterns, handle, schedule, timeoutMs: timeoutMs + 5000 })
  }

  async #deliver(id: string, delivery: EventDelivery, signal: AbortSignal): Promise<void> {
    const { webhooks, giveUpAfterMs = FIVE_DAYS_MS, now } = this.#deps
    const webhook = await webhooks.find(id)
    if (webhook === undefined) return
    const { attempt, cause } = await this.#call(webhook, delivery, signal)
    if (signal.aborted && !attempt.isDelivered) throw cause // no failure of the receiver's
    const { failingSince = now() } = (await webhooks.attempted(id, attempt)) ?? {}
    if (attempt.isDelivered) return
    if (attempt.status === 410) await this.#disable(id, failingSince, 'the receiver answered 410 Gone')
    else if (now() - failingSince >= giveUpAfterMs) {
      const since = new Date(failingSince).toISOString()
      await this.#disable(id, failingSince, `every call since ${since} has failed: ${attempt.error}`)
    }
    throw cause
  }

  /** The last step is what a start goes by: where the process ends before it, all of it is done again. */
  async #disable(id: string, failingSince: number, reason: string): Promise<void> {
    const { bus, webhooks } = this.#deps
    await bus.publish(this.#eventOf('disabled', id, `${id}-disabled-${failingSince}`, { webhookId: id, reason }))
    await bus.unsubscribe(nameOf(id), `the webhook was disabled: ${reason}`)
    await webhooks.setDisabled(id, reason)
  }

  async #call(
    { id, url }: Webhook,
    { event, attempt }: EventDelivery,
    ending?: AbortSignal,
  ): Promise<{ readonly attempt: WebhookAttempt; readonly cause?: unknown }> {
    const { webhooks, sender, secrets, now, timeoutMs = TIMEOUT_MS } = this.#deps
    const late = AbortSignal.timeout(timeoutMs)
    const signal = ending === undefined ? late : AbortSignal.any([ending, late])
    const [at, message, body] = [now(), await messageId(event), JSON.stringify(event)]
    const told = { message, type: event.type, attempt, at }
    const start = performance.now()
    const took = (): number => Math.round((performance.now() - start) * 100) / 100
    try {
      const sealed = await webhooks.secretOf(id)
      if (sealed === undefined) throw webhookNotFound(id)
      const signed = await signedHeaders({ id: message, body, at }, secrets.open(sealed, id))
      const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8', ...signed }
      const { status, retryAfterMs } = await sender.send({ url, headers, body }, signal)
      if (status >= 200 && status < 300) return { attempt: { ...told, durationMs: took(), isDelivered: true, status } }
      const cause = refused(status, retryAfterMs)
      return { attempt: { ...told, durationMs: took(), isDelivered: false, status, error: cause.message }, cause }
    } catch (cause) {
      const error = signal.aborted ? 'the receiver took too long' : readFailure(cause).failure.message
      return { attempt: { ...told, durationMs: took(), isDelivered: false, error }, cause }
    }
  }

  #eventOf(what: 'tested' | 'disabled', subject: string, id: string, data: unknown): CloudEvent {
    return {
      specversion: '1.0',
      id,
      source: SOURCE,
      type: `nomaly.webhook.${what}`,
      time: new Date(this.#deps.now()).toISOString(),
      subject,
      datacontenttype: 'application/json',
      data,
    }
  }
}

const nameOf = (id: string): string => `webhook:${id}`

function refused(status: number, retryAfterMs: number | undefined): SqliteError {
  return new SqliteError('sqlite/handler-failed', `the receiver answered ${status}`, {
    ...(status === 410 ? { retryable: false } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** The error for a webhook that is not there. */
export function webhookNotFound(id: string): SqliteError {
  return new SqliteError('sqlite/not-found', `there is no webhook '${id}'`, { entity: 'webhook', key: id })
}
