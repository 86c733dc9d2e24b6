import { z } from 'zod'

import type { NormalizationMethod } from '../domain/normalization.ts'
import { type DetectionOptions, parseDetectionOptions, type ResolvedDetectionOptions } from './detection-options.ts'
import { parseBySchema } from './parse-options.ts'

/** What to learn, and how. Every field has a default. */
export interface TrainingOptions extends DetectionOptions {
  /** Bring every feature to a common scale first; the model keeps the scale, and scores later rows by it. Default: as they are. */
  readonly normalize?: NormalizationMethod | undefined
}

/** Training options with every default filled in. */
export interface ResolvedTrainingOptions extends ResolvedDetectionOptions {
  readonly normalize: NormalizationMethod | undefined
}

const schema = z.looseObject({ normalize: z.enum(['z-score', 'min-max', 'robust']).optional() })

/** Reads untrusted options. @throws AnomalyDetectionError `invalid-options`, with `details.issues`. */
export function parseTrainingOptions(input: unknown): ResolvedTrainingOptions {
  const { normalize, ...rest } = parseBySchema(schema, input, 'anomaly-detection/invalid-options', 'training options')
  return { ...parseDetectionOptions(rest), normalize }
}
