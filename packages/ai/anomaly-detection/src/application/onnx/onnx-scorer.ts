import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { OnnxRuntime } from '../ports/onnx-runtime.ts'
import type { OnnxScorer } from '../ports/onnx-scorer.ts'
import { OnnxDetector } from './onnx-detector.ts'
import { parseOnnxScoring } from './onnx-scoring.ts'

/** Scores by kept ONNX models, for `ScoreWithModel`; each call loads its model and lets it go again. */
export function createOnnxScorer(runtime: OnnxRuntime): OnnxScorer {
  return {
    score: async ({ parameters, features, state }, x, { signal }) => {
      const file = fileOf(state)
      // what was kept was within its limits, or was let in beyond them
      const limits = { bytes: Infinity, nodes: Infinity, tensors: Infinity, elements: Infinity }
      const scoring = parseOnnxScoring(parameters)
      const detector = await OnnxDetector.open(runtime, file, { features, scoring, limits, signal })
      try {
        return await detector.score(x, { signal })
      } finally {
        await detector.close()
      }
    },
  }
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
