/** One drift that monitoring saw. */
export interface DriftSighting {
  /** Epoch milliseconds. */
  readonly at: number
  /** What drifted, in the monitor's words. */
  readonly what: string
}

/** What monitoring has seen of a model. */
export interface DriftHistory {
  /** Looks and drifts from `since` (epoch milliseconds) on. No looks: nobody knows whether anything drifted. */
  readonly since: (
    model: { readonly name: string; readonly version: string },
    since: number,
  ) => Promise<{ readonly looks: number; readonly drifts: ReadonlyArray<DriftSighting> }>
}
