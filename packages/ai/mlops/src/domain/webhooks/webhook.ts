/** What a webhook can be told of, in MLflow's words. */
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

/** A kind of event in MLflow's words. */
export interface WebhookEvent {
  readonly entity: WebhookEntity
  readonly action: WebhookAction
}

/** Whether a webhook is called; what happens while it is disabled is not told to it later. */
export type WebhookStatus = 'ACTIVE' | 'DISABLED'

/** An address that is called when something happens. Its secret is never shown. */
export interface Webhook {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly url: string
  /** Told in MLflow's format. */
  readonly events: ReadonlyArray<WebhookEvent>
  /** Patterns such as `nomaly.model.promoted`, told as CloudEvents. */
  readonly patterns: ReadonlyArray<string>
  readonly status: WebhookStatus
  /** Whether deliveries are signed. */
  readonly hasSecret: boolean
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Epoch milliseconds. */
  readonly updatedAt: number
}

/** What a new webhook says of itself: at least one event or pattern. */
export interface NewWebhook {
  /** 1 to 63 letters, digits, `.`, `_` and `-`; the first and the last a letter or digit. */
  readonly name: string
  readonly url: string
  readonly events?: ReadonlyArray<WebhookEvent>
  readonly patterns?: ReadonlyArray<string>
  readonly description?: string
  /** Deliveries are signed with it. */
  readonly secret?: string
  readonly status?: WebhookStatus
}

/** One change of a webhook: what is absent stays. */
export type WebhookChange = { readonly kind: 'update' } & Partial<NewWebhook>
