import { AnomalyDetectionError } from '../../domain/errors.ts'

// How onnxruntime says that it lacks an operator: by version, by type, or by domain.
const LACKING: ReadonlyArray<RegExp> = [
  /No Op registered for (\S+)/,
  /Could not find an implementation for (\S+?)\(/,
  /Fatal error: (\S+?)\(-?\d+\) is not a registered function\/op/,
  /Unrecognized (?:op|operator) (?:type )?(\S+)/i,
]
const OPSET = /(Opset \d+ is under development|only \*?guarantees\*? support for models stamped)/i

/** Why a file could not be loaded, in this package's words. */
export function loadFailure(error: unknown): AnomalyDetectionError {
  const reason = reasonOf(error)
  const operator = LACKING.map((pattern) => pattern.exec(reason)?.[1]).find((name) => name !== undefined)
  if (operator !== undefined || OPSET.test(reason)) {
    return new AnomalyDetectionError(
      'anomaly-detection/onnx-unsupported-operator',
      `onnxruntime lacks ${operator === undefined ? 'the operator set of the ONNX model' : `the operator ${operator}`}: update ` +
        `onnxruntime-node, or export the model with an older operator set (target_opset 17) and without custom operators (${reason})`,
      { operator: operator ?? '' },
      error,
    )
  }
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-invalid-model',
    `onnxruntime cannot load the ONNX model: ${reason}; check it with Python's onnx.checker and export it again`,
    {},
    error,
  )
}

/** Why a run failed. */
export function runFailure(error: unknown): AnomalyDetectionError {
  if (AnomalyDetectionError.is(error)) return error
  return new AnomalyDetectionError(
    'anomaly-detection/onnx-failed',
    `the ONNX model failed on these rows: ${reasonOf(error)}`,
    {},
    error,
  )
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim()
}
