/** What a webhook can be told of. */
export type WebhookEntity =
  | 'REGISTERED_MODEL'
  | 'MODEL_VERSION'
  | 'MODEL_VERSION_TAG'
  | 'MODEL_VERSION_ALIAS'
  | 'PROMPT'
  | 'PROMPT_VERSION'
  | 'PROMPT_TAG'
  | 'PROMPT_VERSION_TAG'
  | 'PROMPT_ALIAS'

/** What can happen to it. */
export type WebhookAction = 'CREATED' | 'SET' | 'DELETED'

/** A kind of event. */
export interface WebhookEvent {
  readonly entity: WebhookEntity
  readonly action: WebhookAction
}

/** Whether a webhook is called. */
export type WebhookStatus = 'ACTIVE' | 'DISABLED'

/** An address that is called when something happens; its secret is not shown. */
export interface Webhook {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly url: string
  readonly events: ReadonlyArray<WebhookEvent>
  readonly status: WebhookStatus
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/** What a new webhook says of itself. */
export interface NewWebhook {
  readonly name: string
  readonly url: string
  readonly events: ReadonlyArray<WebhookEvent>
  readonly description?: string
  /** Deliveries are signed with it. */
  readonly secret?: string
  readonly status?: WebhookStatus
}
