import type { Page } from '../../domain/page.ts'
import type { CheckedWebhookDraft, Webhook, WebhookAttempt } from '../../domain/webhooks/webhook.ts'

/** Keeps webhooks, and how their calls went. */
export interface WebhookStore {
  /** @param secret - as it is to be stored */
  readonly create: (id: string, draft: CheckedWebhookDraft, secret: Uint8Array) => Promise<Webhook>
  readonly find: (id: string) => Promise<Webhook | undefined>
  /** The oldest first. */
  readonly list: () => Promise<ReadonlyArray<Webhook>>
  /** As it was stored. */
  readonly secretOf: (id: string) => Promise<Uint8Array | undefined>
  /** Without a reason it is active again. A missing one is harmless. */
  readonly setDisabled: (id: string, reason: string | undefined) => Promise<void>
  /** Forgets it with all its attempts. Answers whether it was there. */
  readonly remove: (id: string) => Promise<boolean>
  /** Keeps how a call went. Answers the webhook as it is then. */
  readonly attempted: (id: string, attempt: WebhookAttempt) => Promise<Webhook | undefined>
  /** The newest first; `limit` from 1 to 1,000. */
  readonly attempts: (id: string, limit: number, pageToken?: string) => Promise<Page<WebhookAttempt>>
  /** Forgets attempts from before, in epoch milliseconds. Answers how many. */
  readonly prune: (before: number) => Promise<number>
}
