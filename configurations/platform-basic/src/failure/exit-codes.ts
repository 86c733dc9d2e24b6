/** What a process ends with. */
export const EXIT = { done: 0, usage: 2, data: 3, partial: 4, fault: 70, interrupted: 130 } as const

const USAGE = new Set([
  'anomaly-detection/invalid-options',
  'anomaly-detection/invalid-parameters',
  'anomaly-detection/unknown-detector',
  'anomaly-detection/unknown-column',
  'anomaly-detection/unknown-model',
  'anomaly-detection/unknown-result',
  'anomaly-detection/unknown-method',
  'anomaly-detection/unsuitable-method',
  'anomaly-detection/row-out-of-range',
  'anomaly-detection/invalid-model-name',
  'anomaly-detection/storage-failed',
  'anomaly-detection/missing-package',
  'anomaly-detection/onnx-not-expressible',
  'anomaly-detection/onnx-float-refused',
  'anomaly-detection/onnx-input-mismatch',
  'anomaly-detection/onnx-ambiguous-output',
  'files/unknown-column',
  'files/unknown-format',
  'files/invalid-options',
  'profiling/invalid-options',
  'profiling/unknown-column',
  'profiling/missing-package',
  'quality/invalid-suite',
  'quality/unknown-suite',
  'quality/unknown-column',
  'quality/invalid-options',
  'quality/missing-package',
  'quality/storage-failed',
  'nomaly/invalid-configuration',
  'nomaly/unwritable-output',
  'configuration-anomaly-detection-basic/invalid-options',
])

const DATA =
  /^(anomaly-detection\/(?!worker-failed)|files\/|profiling\/|quality\/|(mlops|mlflow)\/(corrupt-store|unsupported-format|unexpected-answer|failed)$)/
// What else these two refuse is for the caller to mend: names, filters, limits, a port or server that is not there.
const CALLERS = /^(mlops|mlflow|configuration-mlops-basic)\//

/** The exit code for an error, by its code: a mistake of the command line, one of the data, or a fault of the program. */
export function exitCodeOf(error: unknown): number {
  const code = codeOf(error)
  if (code === 'nomaly/output-closed') return EXIT.done
  if (code === 'nomaly/unreadable-input') return EXIT.data
  if (code === 'nomaly/interrupted') return EXIT.interrupted
  if (code.startsWith('commander.')) return isAnswer(error) ? EXIT.done : EXIT.usage
  if (USAGE.has(code)) return EXIT.usage
  if (DATA.test(code)) return EXIT.data
  return CALLERS.test(code) ? EXIT.usage : EXIT.fault
}

/** The code of an error that has one, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

// Help and version also end the parsing by an error.
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'exitCode' in error && error.exitCode === 0
}
