import { z } from 'zod'

import { AnomalyDetectionError } from '../../domain/errors.ts'
import { parseBySchema } from '../parse-options.ts'
import type { MethodChoice } from './explanation-methods.ts'
import { EXPLANATION_METHODS } from './method-names.ts'

/** How rows are explained. Every field has a default. */
export interface ExplanationOptions {
  /** Which rows: 0-based rows of the source, as `Anomaly.index`. Default: the anomalies, the highest score first. */
  readonly rows?: ReadonlyArray<number> | undefined
  /** How many anomalies at most, where no rows are named; default 20. */
  readonly limit?: number | undefined
  /** Default `auto`: the exact method that fits the detector, or else Kernel SHAP. */
  readonly method?: MethodChoice | undefined
  /** Sets of features that Kernel SHAP scores (default 2048 + 2 d), or random rows of LIME (default 5000). */
  readonly samples?: number | undefined
  /** Rows that stand for what is usual, at most so many of them, drawn by the seed; default 100. At least 10. */
  readonly backgroundRows?: number | undefined
  /** How often each feature is dealt anew for permutation importance; default 5. */
  readonly repeats?: number | undefined
  /** Whether the smallest change that makes a row normal is looked for; default: where there is a background to tell. */
  readonly counterfactual?: boolean | undefined
}

/** Explanation options with every default filled in that does not hang on the data. */
export interface ResolvedExplanationOptions {
  readonly rows: ReadonlyArray<number> | undefined
  readonly limit: number
  readonly method: MethodChoice
  readonly samples: number | undefined
  readonly backgroundRows: number
  readonly repeats: number
  readonly counterfactual: boolean | undefined
}

/** The fewest rows from which it is told what is usual. */
export const FEWEST_BACKGROUND_ROWS = 10

const schema = z.strictObject({
  rows: z.array(z.number()).min(1).optional(),
  limit: z.int().min(1).default(20),
  method: z.enum(['auto', ...EXPLANATION_METHODS]).default('auto'),
  samples: z.int().min(1).max(10_000_000).optional(),
  backgroundRows: z.int().min(FEWEST_BACKGROUND_ROWS).default(100),
  repeats: z.int().min(1).max(10_000).default(5),
  counterfactual: z.boolean().optional(),
}) satisfies z.ZodType<ExplanationOptions>

/** Reads untrusted options. @throws AnomalyDetectionError `unknown-method` listing those there are, `invalid-options` */
export function parseExplanationOptions(input: unknown): ResolvedExplanationOptions {
  if (typeof input === 'object' && input !== null && 'method' in input) checkMethod(input.method)
  const { rows, samples, counterfactual, ...rest } = parseBySchema(
    schema,
    input,
    'anomaly-detection/invalid-options',
    'explanation options',
  )
  return { ...rest, rows, samples, counterfactual }
}

function checkMethod(method: unknown): void {
  const known: ReadonlyArray<unknown> = ['auto', ...EXPLANATION_METHODS]
  if (method === undefined || known.includes(method)) return
  throw new AnomalyDetectionError(
    'anomaly-detection/unknown-method',
    `there is no method ${JSON.stringify(method)}; there are: ${known.join(', ')}`,
    { method, known },
  )
}
