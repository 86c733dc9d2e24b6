import { AnomalyDetectionError } from '../domain/errors.ts'
import type { FittedDetector } from './catalogue/catalogue-entry.ts'
import type { KeptOnnx } from './ports/onnx-scorer.ts'

/** The `algorithm` of a kept model that is an ONNX file. */
export const ONNX = 'onnx'

/**
 * A kept ONNX model where a fitted detector is wanted: it says what it is, and refuses to score here, since that is its runtime's
 * work and takes a thread of its own.
 */
export function keptOnnx({ parameters, features, state, name, version }: KeptOnnx): FittedDetector {
  return {
    id: ONNX,
    parameters,
    columns: features.length,
    state,
    score: () => {
      throw new AnomalyDetectionError(
        'anomaly-detection/unsuitable-method',
        `${name}@${version} is an ONNX model: its runtime scores rows, on a thread of its own`,
        { name, version },
      )
    },
  }
}

/** The error for a program that cannot run ONNX models. */
export function lacksOnnx({ name, version }: KeptOnnx): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/missing-package',
    `${name}@${version} is an ONNX model: give ScoreWithModel an 'onnx' scorer, such as createOnnxScorer(createOnnxRuntime()) of ./onnx`,
    { package: 'onnxruntime-node' },
  )
}
