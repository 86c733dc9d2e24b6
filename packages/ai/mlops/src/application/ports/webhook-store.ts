import type { NewWebhook, Webhook, WebhookChange } from '../../domain/webhooks/webhook.ts'

/** Keeps webhooks. Each active one is subscribed to its events under the name `webhook:<id>`. */
export interface WebhookStore {
  /** @throws `invalid-argument` */
  readonly create: (webhook: NewWebhook) => Promise<Webhook>
  readonly find: (id: string) => Promise<Webhook | undefined>
  /** Undefined after a `delete`, which takes waiting deliveries with it. @throws `not-found`, `invalid-argument` */
  readonly change: (id: string, change: WebhookChange | { readonly kind: 'delete' }) => Promise<Webhook | undefined>
  /** The oldest first. */
  readonly list: () => Promise<ReadonlyArray<Webhook>>
}

/** Gives the secrets of webhooks to who signs with them, and to nobody else. */
export interface WebhookSecrets {
  /** Undefined where there is none. @throws `invalid-state` where it cannot be decrypted with the store's key */
  readonly secretOf: (id: string) => Promise<string | undefined>
}
