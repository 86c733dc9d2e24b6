/**
 * Keeps what a stream knows of entities that are idle, as text. Synchronous, because a sample is scored in one turn.
 *
 * Marks tie it to a state that is kept elsewhere: `mark` ends what belongs to that state, and after a crash `rewind`
 * brings back what stood there. The last two marks can be gone back to, as the state that goes with the last one may
 * not have been kept any more. Used by one stream at a time.
 */
export interface StreamStateStore {
  /** What was last put under the key. @throws AnomalyDetectionError `storage-failed` */
  readonly get: (key: string) => string | undefined
  /** Replaces what was there. @throws AnomalyDetectionError `storage-failed` */
  readonly put: (key: string, state: string) => void
  /** Makes all that was put so far safe, and names it. @throws AnomalyDetectionError `storage-failed` */
  readonly mark: () => number
  /**
   * Forgets what was put after a mark; 0 is the beginning.
   * @throws AnomalyDetectionError `invalid-stream-state` where it is neither of the last two, `storage-failed`
   */
  readonly rewind: (mark: number) => void
}
