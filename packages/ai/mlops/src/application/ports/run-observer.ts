/** What an observer may write to the run that it watches. Written like the rest: in batches, refused at the next flush. */
export interface ObservedRun {
  readonly id: string
  readonly logMetric: (key: string, value: number, place?: { readonly step?: number; readonly at?: number }) => void
  readonly setTag: (key: string, value: string) => void
  /** Stores a text as an artifact of the run. */
  readonly logText: (path: string, text: string) => Promise<void>
}

/** Watches runs while they are open: system metrics, the version of the code. */
export interface RunObserver {
  /**
   * Called when a run has been opened and awaited before the caller gets it. What it answers is called and awaited before
   * the run ends. What either throws is the run's failure.
   */
  readonly observe: (run: ObservedRun) => Promise<(() => Promise<void>) | undefined>
}
