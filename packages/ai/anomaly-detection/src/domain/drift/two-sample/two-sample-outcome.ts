/** What a two-sample test says. */
export interface TwoSampleOutcome {
  /** Its meaning is the test's; further from 0 is further apart. */
  readonly statistic: number
  /** How likely it is to be at least as extreme where both samples come from one distribution; in [0, 1], small is drift. */
  readonly pValue: number
}
