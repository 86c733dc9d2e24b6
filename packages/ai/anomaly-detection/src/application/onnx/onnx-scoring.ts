import { z } from 'zod'

import type { OnnxElementType } from '../../domain/onnx/element-type.ts'
import { parseBySchema } from '../parse-options.ts'

/** What goes into one input of a model. */
export interface OnnxInputChoice {
  /** Default: the feature of the input's name, or all features where it is the only input. */
  readonly features?: ReadonlyArray<string> | undefined
  /** What the input is expected to take; a file that takes another type is refused. Default: whatever it takes. */
  readonly dtype?: OnnxElementType | undefined
}

/** How scores are got from a model of whatever origin. */
export interface OnnxScoring {
  /** By the input's name; those that are left out take their defaults. */
  readonly inputs?: Readonly<Record<string, OnnxInputChoice>> | undefined
  /** The output that is read; may be left out where only one gives fractional numbers. */
  readonly output?: string | undefined
  /** Which of an output's columns is the score, from 0; needed where it has several. */
  readonly column?: number | undefined
  /** `score`: the output says how anomalous a row is. `reconstruction`: it is the row itself, as an autoencoder sees it, and the
   * mean squared difference from the row is the score. Default `score`. */
  readonly kind?: 'score' | 'reconstruction' | undefined
  /** Whether higher or lower outputs are more anomalous (scikit-learn: `lower`); needed with `score`. */
  readonly direction?: 'higher' | 'lower' | undefined
  /** Rows a run, a whole number >= 1; default 1024, or what the model takes where that is fixed. */
  readonly rowsAtOnce?: number | undefined
}

const schema = z.strictObject({
  inputs: z
    .record(
      z.string(),
      z.strictObject({
        features: z.array(z.string()).min(1).optional(),
        dtype: z.enum(['float', 'double', 'int32', 'int64']).optional(),
      }),
    )
    .optional(),
  output: z.string().optional(),
  column: z.int().min(0).optional(),
  kind: z.enum(['score', 'reconstruction']).optional(),
  direction: z.enum(['higher', 'lower']).optional(),
  rowsAtOnce: z.int().min(1).max(1_000_000).optional(),
}) satisfies z.ZodType<OnnxScoring>

/** Reads untrusted settings. @throws AnomalyDetectionError `invalid-parameters` naming each bad one */
export function parseOnnxScoring(input: unknown): OnnxScoring {
  return parseBySchema(schema, input ?? {}, 'anomaly-detection/invalid-parameters', 'parameters of onnx')
}
