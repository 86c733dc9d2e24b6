/** Clocks: the date, a monotonic one for durations, and the processor time spent. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds since an arbitrary start; never goes back. */
  readonly monotonicMs: () => number
  /** Processor milliseconds of the process so far, all threads together; absent where nobody counts them. */
  readonly cpuMs?: (() => number) | undefined
}
