import { invalidArgument } from '../checks.ts'
import { checkPatterns } from '../events/event-pattern.ts'

/** An address that is called when something happens. Its secret is never shown again. */
export interface Webhook {
  readonly id: string
  /** http or https. */
  readonly url: string
  /** Such as `nomaly.detection.*`. */
  readonly patterns: ReadonlyArray<string>
  readonly description: string
  /** One that is disabled is told nothing; what happens meanwhile is not told to it later. */
  readonly status: 'active' | 'disabled'
  /** Why it is disabled. */
  readonly reason?: string
  /** Since when every attempt has failed, in epoch milliseconds; absent where the last one did not. */
  readonly failingSince?: number
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** What a new webhook says of itself. */
export interface WebhookDraft {
  readonly url: string
  readonly patterns: ReadonlyArray<string>
  /** At most 1,000 characters. */
  readonly description?: string | undefined
}

/** One call of a webhook, or the attempt at one. */
export interface WebhookAttempt {
  /** What receivers see as `webhook-id`: the same in every attempt at an event. */
  readonly message: string
  /** The type of the event. */
  readonly type: string
  /** From 1 on; 0 is a trial. */
  readonly attempt: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly durationMs: number
  readonly isDelivered: boolean
  /** What the receiver answered, if it did. */
  readonly status?: number | undefined
  /** Why it was not delivered. */
  readonly error?: string | undefined
}

/** A draft with every default filled in. */
export interface CheckedWebhookDraft extends WebhookDraft {
  readonly description: string
}

/** @throws SqliteError `sqlite/invalid-argument` */
export function checkWebhookDraft({ url, patterns, description = '' }: WebhookDraft): CheckedWebhookDraft {
  const parsed = url.length <= 2048 && URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    throw invalidArgument('url', 'an http or https URL of at most 2,048 characters')
  if (parsed.username !== '' || parsed.password !== '')
    throw invalidArgument('url', 'without user name and password: it is shown to whoever lists webhooks')
  if (patterns.length > 50) throw invalidArgument('patterns', 'at most 50')
  if (description.length > 1000) throw invalidArgument('description', 'at most 1,000 characters')
  return { url, patterns: checkPatterns(patterns), description }
}
