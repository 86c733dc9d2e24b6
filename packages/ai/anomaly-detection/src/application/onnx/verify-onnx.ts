import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { OnnxRuntime } from '../ports/onnx-runtime.ts'
import { type OnnxSource, proofOf } from './export-onnx.ts'
import { OnnxDetector } from './onnx-detector.ts'

/** How far an exported file's scores lie from the model's. */
export interface OnnxVerification {
  readonly rows: number
  /** The largest difference, as a share of the score's size (of 1 where that is smaller). */
  readonly worst: number
  /** What it may be: 1e-9 in double, 1e-6 in float. */
  readonly allowed: number
}

const ALLOWED = { double: 1e-9, float: 1e-6 } as const

/**
 * Runs an exported file on rows such as its model has learned from, and compares the scores with the model's own.
 * @throws AnomalyDetectionError `onnx-mismatch` naming the row and both scores, and as `OnnxDetector.open`
 */
export async function verifyOnnx(
  runtime: OnnxRuntime,
  file: Uint8Array,
  source: OnnxSource,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<OnnxVerification> {
  const detector = await OnnxDetector.open(runtime, file, { signal })
  try {
    const dtype = detector.metadata?.dtype ?? 'double'
    const { rows, scores } = proofOf(source, dtype === 'float')
    const found = await detector.score(rows, { signal })
    return compared(found, scores, ALLOWED[dtype])
  } finally {
    await detector.close()
  }
}

/**
 * Runs an exported file on the rows that it carries for this, and compares with the scores that it carries.
 * @throws AnomalyDetectionError `onnx-mismatch`, and as `OnnxDetector.score`
 */
export async function selfTest(detector: OnnxDetector): Promise<OnnxVerification | undefined> {
  const { metadata } = detector
  if (metadata === undefined || metadata.selfTest.rows.length === 0) return undefined
  const { rows, scores } = metadata.selfTest
  const x = { data: Float64Array.from(rows.flat()), rows: rows.length, columns: metadata.features.length }
  return compared(await detector.score(x), Float64Array.from(scores), ALLOWED[metadata.dtype])
}

function compared(found: Float64Array, expected: Float64Array, allowed: number): OnnxVerification {
  let worst = 0
  for (const [row, score] of expected.entries()) {
    const other = found[row] ?? Number.NaN
    const off = Math.abs(other - score) / Math.max(1, Math.abs(score))
    if (!(off <= allowed)) {
      throw new AnomalyDetectionError(
        'anomaly-detection/onnx-mismatch',
        `the ONNX file scores otherwise than its model: row ${row} gets ${other} and should get ${score}; export it again, and do ` +
          'not use this file with this runtime',
        { row, found: other, expected: score, allowed },
      )
    }
    worst = Math.max(worst, off)
  }
  return { rows: expected.length, worst, allowed }
}
