import { AnomalyDetectionError } from '../errors.ts'

/** What an ONNX file may be, before a runtime gets to see it. */
export interface OnnxLimits {
  /** Of the file; default 256 MiB. */
  readonly bytes: number
  /** Operators, those within others included; default 100,000. */
  readonly nodes: number
  /** Constants, those within operators included; default 100,000. */
  readonly tensors: number
  /** Of one constant; default 2^26. */
  readonly elements: number
  /** Graphs within graphs; default 8. */
  readonly depth: number
}

/** The limits that hold where none are given. */
export const ONNX_LIMITS: OnnxLimits = {
  bytes: 256 * 2 ** 20,
  nodes: 100_000,
  tensors: 100_000,
  elements: 2 ** 26,
  depth: 8,
}

const NAMES: Readonly<Record<keyof OnnxLimits, string>> = {
  bytes: 'bytes',
  nodes: 'operators',
  tensors: 'tensors',
  elements: 'elements in one tensor',
  depth: 'graphs within each other',
}

/** @throws AnomalyDetectionError `onnx-limit-exceeded` naming the limit */
export function checkLimit(limits: OnnxLimits, limit: keyof OnnxLimits, found: number): void {
  if (found <= limits[limit]) return
  throw new AnomalyDetectionError(
    'anomaly-detection/onnx-limit-exceeded',
    `the ONNX model has ${found} ${NAMES[limit]}, and ${limits[limit]} are allowed; where you trust it, raise the limit '${limit}'`,
    { limit, found, allowed: limits[limit] },
  )
}
