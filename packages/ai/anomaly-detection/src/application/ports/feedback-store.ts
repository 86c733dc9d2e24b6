import type { Feedback } from '../../domain/results/feedback.ts'

/** Keeps what people say of the rows of kept results; what has resolved is on disk. One process at a time may change it. */
export interface FeedbackStore {
  /** By row, ascending. @throws AnomalyDetectionError `unknown-result` */
  readonly list: (result: string) => Promise<ReadonlyMap<number, Feedback>>
  /** Keeps it in the place of what was said of the row before. @throws AnomalyDetectionError `unknown-result`, `storage-failed` */
  readonly put: (result: string, feedback: Feedback) => Promise<void>
  /** @returns whether there was any @throws AnomalyDetectionError `unknown-result`, `storage-failed` */
  readonly remove: (result: string, row: number) => Promise<boolean>
}
