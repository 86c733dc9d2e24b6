import type { OnnxScoring } from '../../application/onnx/onnx-scoring.ts'
import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { checkModelName } from '../../domain/model-name.ts'
import { checkLimit, ONNX_LIMITS } from '../../domain/onnx/onnx-limits.ts'
import { modelRecord } from './model-record.ts'
import type { OnnxCommandContext } from './onnx-command-context.ts'
import type { ImportFlags } from './onnx-flags.ts'
import { readFile } from './read-file.ts'

/** Runs `import FILE --model NAME`. */
export async function runImport(path: string, flags: ImportFlags, context: OnnxCommandContext): Promise<void> {
  const { model: name, threshold, contamination } = flags
  checkModelName(name)
  const file = await load(path, context)
  const rows = flags.rows === undefined ? undefined : await readRows(flags.rows, flags, context)
  const importing = await context.importing()
  context.progress(`loading ${path}`)
  const imported = importing.execute(name, file, {
    features: flags.features,
    unnamedFeatures: rows?.features,
    scoring: scoringOf(flags),
    threshold,
    rows,
    contamination,
    signal: context.signal,
  })
  const { state: _, ...model } = await imported.catch((error: unknown) => {
    throw withFlags(error, path)
  })
  context.progress(undefined)
  await context.print(modelRecord(model), {})
}

const FLAGS: Readonly<Record<string, string>> = {
  'anomaly-detection/onnx-ambiguous-output': '--score-output, --score-column, --score-kind, --direction',
  'anomaly-detection/onnx-input-mismatch': '--features, --input',
  'anomaly-detection/invalid-options': '--threshold, --rows with --contamination',
}

// The same error, with the file and the flags that would help.
function withFlags(error: unknown, path: string): unknown {
  if (!AnomalyDetectionError.is(error)) return error
  const flags = FLAGS[error.code]
  const advice = flags === undefined ? '' : ` (${flags})`
  return new AnomalyDetectionError(error.code, `${path}: ${error.message}${advice}`, error.details, error)
}

async function load(path: string, context: OnnxCommandContext): Promise<Uint8Array> {
  try {
    checkLimit(ONNX_LIMITS, 'bytes', await context.sizeOf(path))
    return await context.load(path)
  } catch (cause) {
    if (AnomalyDetectionError.is(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnomalyDetectionError(
      'anomaly-detection/onnx-invalid-model',
      `${path} cannot be read: ${reason}`,
      { path },
      cause,
    )
  }
}

async function readRows(path: string, { features }: ImportFlags, context: OnnxCommandContext): Promise<Dataset> {
  const { dataset } = await readFile(path, features === undefined ? {} : { columns: features }, context)
  return dataset
}

function scoringOf({ input, scoreOutput, scoreColumn, scoreKind, direction }: ImportFlags): OnnxScoring {
  const inputs = input && Object.fromEntries(Object.entries(input).map(([name, features]) => [name, { features }]))
  return {
    ...(inputs && { inputs }),
    ...(scoreOutput !== undefined && { output: scoreOutput }),
    ...(scoreColumn !== undefined && { column: scoreColumn }),
    ...(scoreKind !== undefined && { kind: scoreKind }),
    ...(direction !== undefined && { direction }),
  }
}
