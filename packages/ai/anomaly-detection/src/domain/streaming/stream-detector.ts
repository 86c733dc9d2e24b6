/**
 * What every detector of a stream can do. It sees one sample at a time and keeps bounded memory for ever; scoring has no
 * side effect, so that a sample is scored before it is learned from.
 */
export interface StreamDetector {
  /** As in the catalogue of stream detectors, in lower case. */
  readonly id: string
  /** How many numbers a sample has. */
  readonly columns: number
  /** Samples learned from so far. */
  readonly learned: number
  /** False while scores say nothing yet: they are 0 until then. */
  readonly isReady: boolean
  /** Whether a sample may hold NaN for what is not known. */
  readonly acceptsMissing: boolean
  /**
   * @param sample - shape (columns)
   * @param time - when it was measured, epoch milliseconds, for a detector that knows what is usual at that time of day;
   *   all others leave it alone, and so does that one where it is left out or NaN
   * @returns finite, higher is more anomalous; 0 while the detector is not ready. The detector is as before.
   * @throws AnomalyDetectionError `anomaly-detection/shape-mismatch` where it has another length,
   *   `anomaly-detection/non-finite` or `anomaly-detection/missing-value` where a number is not one that it accepts
   */
  readonly scoreOne: (sample: ArrayLike<number>, time?: number) => number
  /** Takes the sample into the model. @throws as `scoreOne`, and the model is as before */
  readonly learnOne: (sample: ArrayLike<number>, time?: number) => void
  /** `scoreOne` and then `learnOne`, with the work that both need done once; the same numbers as one after the other. */
  readonly scoreThenLearn: (sample: ArrayLike<number>, time?: number) => number
  /** Its whole state as plain JSON data; a detector made from it goes on with the same scores to the last bit. */
  readonly toJSON: () => StreamDetectorState
}

/** The state of a stream detector: JSON data with the id of what can read it and the version of its form. */
export interface StreamDetectorState {
  readonly id: string
  readonly format: number
  readonly [field: string]: unknown
}

/** A detector that can say which numbers of a sample made its score. */
export interface AttributingStreamDetector extends StreamDetector {
  readonly attributeOne: (sample: ArrayLike<number>) => StreamAttribution
}

/** What each number of a sample adds to its score. The sum over both is the score. */
export interface StreamAttribution {
  /** Shape (columns), >= 0: the share of values that are too high. */
  readonly high: Float64Array
  /** Shape (columns), >= 0: the share of values that are too low. */
  readonly low: Float64Array
}

/** A detector that can say what it would have taken for normal. */
export interface ForecastingStreamDetector extends StreamDetector {
  /** @returns shape (columns), in the sample's units @throws as `scoreOne` */
  readonly expectOne: (sample: ArrayLike<number>, time?: number) => Float64Array
}
