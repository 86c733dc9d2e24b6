/** A CloudEvents 1.0 event in its JSON form. Source: CloudEvents 1.0.2, section 3. */
export interface CloudEvent<Type extends string, Data> {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: Type
  /** RFC 3339 date-time. */
  readonly time: string
  readonly subject?: string
  readonly datacontenttype: 'application/json'
  readonly data: Data
}

/** A detection was asked for; its result will carry `detectionId`. */
export type DetectionRequested = CloudEvent<
  'nomaly.detection.requested',
  {
    readonly detectionId: string
    readonly algorithm: string
    readonly rows: number
    readonly features: ReadonlyArray<string>
  }
>

/** A detection is done. */
export type DetectionCompleted = CloudEvent<
  'nomaly.detection.completed',
  {
    readonly detectionId: string
    readonly algorithm: string
    readonly rows: number
    readonly anomalies: number
    readonly threshold: number
    readonly durationMs: number
  }
>

/**
 * A detection found anomalies: the highest scored, at most 100, as 0-based row indices of the data set. In a stream: runs of
 * anomalies have begun, the first 100 since the last such event; `detectionId` is then the stream's name.
 */
export type AnomalyDetected = CloudEvent<
  'nomaly.anomaly.detected',
  {
    readonly detectionId: string
    readonly total: number
    readonly anomalies: ReadonlyArray<{ readonly index: number; readonly score: number } | StreamedAnomaly>
  }
>

/** An anomaly of a stream: the first of its run. */
export interface StreamedAnomaly {
  /** In the order of arrival, from 0. */
  readonly index: number
  readonly score: number
  /** The calibrated score, where there is a calibrator. */
  readonly probability?: number
  /** Epoch milliseconds, where samples have a time. */
  readonly time?: number
  /** The entity, where there are several. */
  readonly key?: string
}

/** A stream has changed: which features moved, from what to what, since when, and what is done about it. */
export type DriftDetected = CloudEvent<
  'nomaly.drift.detected',
  {
    readonly streamId: string
    readonly key?: string
    /** The sample at which it was found, in the order of arrival. */
    readonly index: number
    readonly time?: number
    readonly detector: string
    /** `score`, or features. */
    readonly watched: ReadonlyArray<string>
    readonly since: { readonly index: number; readonly time?: number }
    readonly features: ReadonlyArray<{
      readonly feature: string
      readonly moved: 'mean' | 'spread'
      readonly from: { readonly mean: number; readonly sd: number; readonly count: number }
      readonly to: { readonly mean: number; readonly sd: number; readonly count: number }
      readonly pValue: number
    }>
    readonly action: string
  }
>

/** In a stream, a new model went into service. */
export type ModelPromoted = CloudEvent<'nomaly.model.promoted', ModelInService>

/** In a stream, the model before a new one, which proved no better, went into service again. */
export type ModelRestored = CloudEvent<'nomaly.model.restored', ModelInService>

/** Which model, and from which sample on. */
export interface ModelInService {
  readonly modelId: string
  readonly name: string
  readonly version: number
  readonly index: number
}

/** A model was fitted and stored; or, in a stream that has changed, a new one is ready. */
export type ModelTrained = CloudEvent<
  'nomaly.model.trained',
  {
    readonly modelId: string
    readonly name: string
    readonly version: number
    readonly algorithm: string
    readonly rows: number
    readonly features: ReadonlyArray<string>
  }
>

/** Somebody said whether a row of a kept result is an anomaly. */
export type FeedbackGiven = CloudEvent<
  'nomaly.feedback.given',
  {
    readonly resultId: string
    /** Null where the data are not kept. */
    readonly datasetId: string | null
    readonly row: number
    readonly verdict: 'true_alarm' | 'false_alarm'
  }
>

/** Every event this package publishes. */
export type AnomalyDetectionEvent =
  | DetectionRequested
  | DetectionCompleted
  | AnomalyDetected
  | DriftDetected
  | ModelTrained
  | ModelPromoted
  | ModelRestored
  | FeedbackGiven
