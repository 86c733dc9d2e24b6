/** Calls addresses that users named. */
export interface WebhookSender {
  /** @throws where the address is one that must not be called, by its text alone */
  readonly check: (url: string) => void
  /** POSTs the body; follows no redirect. Rejects when there is no answer; `details` of the error may say `retryable: false`. */
  readonly send: (
    request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
    signal: AbortSignal,
  ) => Promise<{ readonly status: number; readonly retryAfterMs?: number }>
}

/** Puts secrets into bytes for the store, and gets them out. @throws from `open` where the key is another one */
export interface WebhookSecrets {
  /** @param owner - the id of the webhook: it opens for no other */
  readonly seal: (secret: string, owner: string) => Uint8Array
  readonly open: (sealed: Uint8Array, owner: string) => string
}
