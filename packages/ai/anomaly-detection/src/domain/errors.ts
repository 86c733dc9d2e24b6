/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type AnomalyDetectionErrorCode =
  | 'anomaly-detection/empty-dataset'
  | 'anomaly-detection/non-finite'
  | 'anomaly-detection/missing-value'
  | 'anomaly-detection/ragged-row'
  | 'anomaly-detection/shape-mismatch'
  | 'anomaly-detection/feature-mismatch'
  | 'anomaly-detection/unknown-column'
  | 'anomaly-detection/no-numeric-column'
  | 'anomaly-detection/invalid-label'
  | 'anomaly-detection/unknown-category'
  | 'anomaly-detection/too-many-categories'
  | 'anomaly-detection/invalid-options'
  | 'anomaly-detection/invalid-parameters'
  | 'anomaly-detection/unknown-detector'
  | 'anomaly-detection/unknown-model'
  | 'anomaly-detection/invalid-model-name'
  | 'anomaly-detection/corrupt-model'
  | 'anomaly-detection/unsupported-model-format'
  | 'anomaly-detection/storage-failed'
  | 'anomaly-detection/unknown-result'
  | 'anomaly-detection/corrupt-result'
  | 'anomaly-detection/unknown-row'
  | 'anomaly-detection/invalid-cursor'
  | 'anomaly-detection/data-gone'
  | 'anomaly-detection/cancelled'
  | 'anomaly-detection/worker-failed'
  | 'anomaly-detection/missing-package'
  | 'anomaly-detection/row-out-of-range'
  | 'anomaly-detection/background-too-small'
  | 'anomaly-detection/unknown-method'
  | 'anomaly-detection/unsuitable-method'
  | 'anomaly-detection/invalid-stream-state'
  | 'anomaly-detection/invalid-timestamp'
  | 'anomaly-detection/late-sample'
  | 'anomaly-detection/sample-gap'
  | 'anomaly-detection/unknown-stream'
  | 'anomaly-detection/stream-exists'
  | 'anomaly-detection/too-many-streams'
  | 'anomaly-detection/stream-closed'
  | 'anomaly-detection/results-lost'
  | 'anomaly-detection/series-too-short'
  | 'anomaly-detection/onnx-not-expressible'
  | 'anomaly-detection/onnx-float-refused'
  | 'anomaly-detection/onnx-mismatch'
  | 'anomaly-detection/onnx-invalid-model'
  | 'anomaly-detection/onnx-limit-exceeded'
  | 'anomaly-detection/onnx-unsupported-operator'
  | 'anomaly-detection/onnx-input-mismatch'
  | 'anomaly-detection/onnx-ambiguous-output'
  | 'anomaly-detection/onnx-failed'

/** Thrown when a caller breaks a stated precondition. `details` names the value, never its row's content. */
export class AnomalyDetectionError extends Error {
  override readonly name: string = 'AnomalyDetectionError'
  readonly code: AnomalyDetectionErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: AnomalyDetectionErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is AnomalyDetectionError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('anomaly-detection/')
  }
}
