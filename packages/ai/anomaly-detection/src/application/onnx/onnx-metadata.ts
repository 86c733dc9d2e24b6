/** What stands in the `metadata_props` of files that we export, under keys that begin with `nomaly.`. */
import { z } from 'zod'

import type { ColumnEncoding } from '../../domain/column-encoding.ts'
import type { OnnxPrecision } from '../../domain/onnx/graph-builder.ts'
import { parseBySchema } from '../parse-options.ts'

/** What an exported file says of itself. */
export interface OnnxMetadata {
  readonly detector: string
  readonly dtype: OnnxPrecision
  /** Rows with a score above this are anomalies. */
  readonly threshold: number
  /** Names of the columns, in their order. */
  readonly features: ReadonlyArray<string>
  /** Text columns that some of the features are made of. */
  readonly encodings: ReadonlyArray<ColumnEncoding>
  readonly parameters: Readonly<Record<string, unknown>>
  /** SHA-256 of the training rows and their columns' names, where the model has it. */
  readonly trainingHash?: string | undefined
  /** SHA-256 of what was learned: detector, parameters, features and state. */
  readonly modelHash: string
  /** Rows and the scores that they must have. */
  readonly selfTest: { readonly rows: ReadonlyArray<ReadonlyArray<number>>; readonly scores: ReadonlyArray<number> }
  /** How many rows are scored at once with little memory and in little time. */
  readonly rowsAtOnce: number
}

const FORMAT = '1'

const numbers = z.array(z.number())
const schema = z.object({
  detector: z.string(),
  dtype: z.enum(['double', 'float']),
  threshold: z.number(),
  features: z.array(z.string()).min(1),
  encodings: z.array(
    z.object({ column: z.string(), method: z.enum(['onehot', 'ordinal']), categories: z.array(z.string()) }),
  ),
  parameters: z.record(z.string(), z.unknown()),
  trainingHash: z.string().optional(),
  modelHash: z.string(),
  selfTest: z.object({ rows: z.array(numbers), scores: numbers }),
  rowsAtOnce: z.int().min(1),
}) satisfies z.ZodType<OnnxMetadata>

const KEYS: Readonly<Record<keyof OnnxMetadata, string>> = {
  detector: 'nomaly.detector',
  dtype: 'nomaly.dtype',
  threshold: 'nomaly.threshold',
  features: 'nomaly.features',
  encodings: 'nomaly.encodings',
  parameters: 'nomaly.parameters',
  trainingHash: 'nomaly.training_hash',
  modelHash: 'nomaly.model_hash',
  selfTest: 'nomaly.self_test',
  rowsAtOnce: 'nomaly.rows_at_once',
}
const TEXTS: ReadonlySet<string> = new Set(['detector', 'dtype', 'trainingHash', 'modelHash'])

/** The properties of a file: texts as they are, everything else as JSON. */
export function metadataProps(metadata: OnnxMetadata): Readonly<Record<string, string>> {
  const props: Record<string, string> = { 'nomaly.format': FORMAT }
  for (const [name, key] of Object.entries(KEYS)) {
    const value = metadata[name as keyof OnnxMetadata] // the keys of KEYS are these
    if (value !== undefined) props[key] = typeof value === 'string' ? value : JSON.stringify(value)
  }
  return props
}

/**
 * Reads a file's properties; undefined where we did not export it.
 * @throws AnomalyDetectionError `onnx-invalid-model` where they were changed
 */
export function parseMetadataProps(props: ReadonlyMap<string, string>): OnnxMetadata | undefined {
  if (props.get('nomaly.format') !== FORMAT) return undefined
  const input: Record<string, unknown> = {}
  for (const [name, key] of Object.entries(KEYS)) {
    const text = props.get(key)
    if (text !== undefined) input[name] = TEXTS.has(name) ? text : parsedOrText(text)
  }
  return parseBySchema(schema, input, 'anomaly-detection/onnx-invalid-model', 'metadata of the ONNX model')
}

// What is no JSON stays a text, which the schema then refuses by its name.
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
