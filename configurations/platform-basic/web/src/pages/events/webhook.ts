/** An address that is called when something happens. */
export interface Webhook {
  readonly id: string
  readonly url: string
  readonly patterns: ReadonlyArray<string>
  readonly description: string
  readonly status: 'active' | 'disabled'
  readonly reason?: string
  /** Epoch milliseconds, as all times. */
  readonly failingSince?: number
  readonly createdAt: number
}

/** How a call went. */
export interface Delivery {
  readonly message: string
  readonly type: string
  /** From 1 on; 0 is a trial. */
  readonly attempt: number
  readonly at: number
  readonly durationMs: number
  readonly isDelivered: boolean
  readonly status?: number
  readonly error?: string
}
