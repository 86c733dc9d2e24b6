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

/** A detection found anomalies: the highest scored, at most 100, as 0-based row indices of the data set. */
export type AnomalyDetected = CloudEvent<
  'nomaly.anomaly.detected',
  {
    readonly detectionId: string
    readonly total: number
    readonly anomalies: ReadonlyArray<{ readonly index: number; readonly score: number }>
  }
>

/** A model was fitted and stored. */
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

/** Every event this package publishes. */
export type AnomalyDetectionEvent = DetectionRequested | DetectionCompleted | AnomalyDetected | ModelTrained
