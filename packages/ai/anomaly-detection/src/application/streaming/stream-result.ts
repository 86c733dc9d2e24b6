import type { AlarmPhase } from '../../domain/streaming/alarms/alarm-policy.ts'
import type { FeatureSummary } from '../../domain/streaming/window/moved-features.ts'

/** What a stream says of a sample. */
export interface StreamResult {
  /** The sample's number in the order of arrival, from 0; of a step of several samples that of the last. */
  readonly index: number
  /** Epoch milliseconds; undefined where samples have no time. Of a step its beginning. */
  readonly time: number | undefined
  /** The entity; undefined where there is but one model. */
  readonly key: string | undefined
  /** What was scored, a number a feature; NaN where it is missing. */
  readonly values: ReadonlyArray<number>
  /** The detector's, before it learned from this sample; 0 while it is not ready. Higher is more anomalous. */
  readonly score: number
  /** The calibrated score, in [0, 1]; 0 while the calibrator is not ready; undefined without one. */
  readonly probability: number | undefined
  readonly isAnomaly: boolean
  /** Where in a run of anomalies this one stands. */
  readonly alarm: AlarmPhase
  /** Set where the stream was found to have changed. */
  readonly drift: StreamDrift | undefined
  /** What each feature adds to the score, where it was asked for and the detector can say. */
  readonly attribution: ReadonlyArray<FeatureAttribution> | undefined
  /** What the detector expected, a number a feature, where it can say and the sample is an anomaly. */
  readonly expected: ReadonlyArray<number> | undefined
}

/** What one feature adds to a score: for being too high, and for being too low. */
export interface FeatureAttribution {
  readonly feature: string
  readonly high: number
  readonly low: number
}

/** A change of a stream. */
export interface StreamDrift {
  /** Which drift detector found it. */
  readonly detector: string
  /** What it watched: `score`, or features. */
  readonly watched: ReadonlyArray<string>
  /** The first sample after the change, as far as the window tells: the most likely place of a single change. */
  readonly since: { readonly index: number; readonly time: number | undefined }
  /** The features that moved, the surest first; empty where none did, and only the score changed. */
  readonly features: ReadonlyArray<FeatureDriftSummary>
  /** What is done about it. `pending`: an earlier change is still being dealt with. */
  readonly action: 'alert' | 'retrain' | 'switch' | 'roll-back' | 'pending'
}

/** How a feature moved. */
export interface FeatureDriftSummary {
  readonly feature: string
  /** Its mean, or, where that stayed, how far its values lie from it. */
  readonly moved: 'mean' | 'spread'
  readonly from: FeatureSummary
  readonly to: FeatureSummary
  /** See `MovedFeature`. */
  readonly pValue: number
}
