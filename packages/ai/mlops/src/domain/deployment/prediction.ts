/** One answer of one version. */
export interface Prediction {
  readonly id: string
  readonly endpoint: string
  /** The endpoint's revision that chose the version. */
  readonly revision: number
  readonly model: string
  readonly version: string
  /** Whether the caller got it. */
  readonly role: 'served' | 'shadow'
  /** Epoch milliseconds. */
  readonly at: number
  readonly durationMs: number
  /** What the caller named to be routed by. */
  readonly key?: string
  /** JSON. */
  readonly input: unknown
  /** JSON; absent when it failed. */
  readonly output?: unknown
  /** Why it failed. */
  readonly error?: string
}
