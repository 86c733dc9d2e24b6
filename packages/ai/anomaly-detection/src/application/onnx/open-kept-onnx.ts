import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { OnnxRuntime } from '../ports/onnx-runtime.ts'
import type { KeptOnnx } from '../ports/onnx-scorer.ts'
import { OnnxDetector } from './onnx-detector.ts'
import { parseOnnxScoring } from './onnx-scoring.ts'

// What was kept was within its limits, or was let in beyond them.
const limits = { bytes: Infinity, nodes: Infinity, tensors: Infinity, elements: Infinity }

/**
 * Opens a kept ONNX model.
 * @throws AnomalyDetectionError `corrupt-model`, and as `OnnxDetector.open`
 */
export async function openKeptOnnx(
  runtime: OnnxRuntime,
  { parameters, features, state }: KeptOnnx,
): Promise<OnnxDetector> {
  const scoring = parseOnnxScoring(parameters)
  return OnnxDetector.open(runtime, fileOf(state), { features, scoring, limits })
}

function fileOf(state: unknown): Uint8Array {
  if (typeof state === 'object' && state !== null && 'file' in state && state.file instanceof Uint8Array) {
    return state.file
  }
  throw new AnomalyDetectionError(
    'anomaly-detection/corrupt-model',
    'the stored ONNX model has no file in it; import it again',
  )
}
