/** What a drift detector says after a value. */
export type DriftSignal = 'none' | 'warning' | 'drift'

/**
 * Watches one number a sample (an error of 0 or 1, a score, a feature) and says when its distribution has changed, in
 * bounded memory.
 */
export interface StreamDriftDetector {
  /** As in the catalogue of drift detectors, in lower case. */
  readonly id: string
  /** Values seen so far. */
  readonly seen: number
  /**
   * @throws AnomalyDetectionError `anomaly-detection/non-finite`, also beyond 1e150; `anomaly-detection/invalid-label` where a
   *   detector of errors (0 and 1) or of shares (0 to 1) is given another number; and the detector is as before
   */
  readonly update: (value: number) => DriftSignal
  /** Forgets everything, as if new. */
  readonly reset: () => void
  /** Its whole state as plain JSON data, to go on from with the same signals. */
  readonly toJSON: () => StreamDriftState
}

/** The state of a drift detector: JSON data with the id of what can read it and the version of its form. */
export interface StreamDriftState {
  readonly id: string
  readonly format: number
  readonly [field: string]: unknown
}
