import type { NewWebhook, Webhook, WebhookEvent } from '../../domain/webhook.ts'

/** Keeps webhooks. */
export interface WebhookStore {
  /** @throws `invalid-argument` */
  readonly create: (webhook: NewWebhook) => Promise<Webhook>
  readonly find: (id: string) => Promise<Webhook | undefined>
  /** Undefined after a `delete`; of an update what is absent stays. @throws `not-found`, `invalid-argument` */
  readonly change: (
    id: string,
    change: ({ readonly kind: 'update' } & Partial<NewWebhook>) | { readonly kind: 'delete' },
  ) => Promise<Webhook | undefined>
  /** The oldest first. */
  readonly list: () => Promise<ReadonlyArray<Webhook>>
}

/** Calls a webhook with made-up data. */
export interface WebhookTester {
  /** The given event, else the first that the webhook names. @throws `not-found` */
  readonly test: (
    id: string,
    event?: WebhookEvent,
  ) => Promise<{
    readonly success: boolean
    readonly status?: number
    readonly body?: string
    readonly error?: string
  }>
}
