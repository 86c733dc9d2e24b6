/** What came back. */
export interface WebhookAnswer {
  readonly status: number
  /** The beginning of the body. */
  readonly body: string
  /** Milliseconds that the receiver asks to wait before the next try. */
  readonly retryAfterMs?: number
}

/** Calls addresses that users named. */
export interface WebhookSender {
  /**
   * POSTs the body; follows no redirect. Rejects when there is no answer, with `details.retryable: false` where the
   * address is one that must not be called.
   */
  readonly send: (
    request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
    signal: AbortSignal,
  ) => Promise<WebhookAnswer>
}
