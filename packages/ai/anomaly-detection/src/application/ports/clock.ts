/** Two clocks: the date, and a monotonic one for durations. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds since an arbitrary start; never goes back. */
  readonly monotonicMs: () => number
}
