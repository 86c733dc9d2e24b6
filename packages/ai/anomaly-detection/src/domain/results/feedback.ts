/** What somebody who knows says of a row. */
export type Verdict = 'true_alarm' | 'false_alarm'

/** Feedback on a row of a result. */
export interface Feedback {
  /** 0-based row of the data set. */
  readonly row: number
  readonly verdict: Verdict
  readonly note?: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
}

/** How many of each verdict. */
export interface FeedbackCounts {
  readonly trueAlarms: number
  readonly falseAlarms: number
}

/** Counts verdicts. */
export function feedbackCountsOf(feedback: Iterable<Feedback>): FeedbackCounts {
  const counts = { trueAlarms: 0, falseAlarms: 0 }
  for (const { verdict } of feedback) counts[verdict === 'true_alarm' ? 'trueAlarms' : 'falseAlarms']++
  return counts
}
