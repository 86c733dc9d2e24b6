import { z } from 'zod'

import type { ThresholdPolicy } from '../domain/threshold.ts'
import { parseBySchema } from './parse-options.ts'

/** What to detect with. Every field has a default. */
export interface DetectionOptions {
  /** A detector's id; default `iforest`. */
  readonly detector?: string | undefined
  /** Parameters that differ from the detector's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  /** Share of rows expected to be anomalies, in (0, 0.5]; default 0.1, as in PyOD. Excludes `threshold`. */
  readonly contamination?: number | undefined
  /** Another way to cut the scores. Excludes `contamination`. */
  readonly threshold?: ThresholdPolicy | undefined
  /** Seed of all randomness, a safe integer >= 0; default 0. */
  readonly seed?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Detection options with every default filled in. */
export interface ResolvedDetectionOptions {
  readonly detector: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly threshold: ThresholdPolicy
  readonly seed: number
  readonly signal: AbortSignal | undefined
}

const policy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contamination'), contamination: z.number().gt(0).max(0.5) }),
  z.strictObject({ kind: z.literal('mad'), multiplier: z.number().gt(0) }),
  z.strictObject({ kind: z.literal('fixed'), value: z.number() }),
]) satisfies z.ZodType<ThresholdPolicy>

const schema = z
  .strictObject({
    detector: z.string().default('iforest'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    contamination: z.number().gt(0).max(0.5).optional(),
    threshold: policy.optional(),
    seed: z.int().min(0).default(0),
    signal: z.instanceof(AbortSignal).optional(),
  })
  .refine(({ contamination, threshold }) => contamination === undefined || threshold === undefined, {
    message: 'give either a contamination or a threshold, not both',
    path: ['threshold'],
  })

/** Reads untrusted options. @throws AnomalyDetectionError `invalid-options`, with `details.issues`. */
export function parseDetectionOptions(input: unknown): ResolvedDetectionOptions {
  const {
    contamination = 0.1,
    threshold,
    signal,
    ...rest
  } = parseBySchema(schema, input, 'anomaly-detection/invalid-options', 'detection options')
  return { ...rest, signal, threshold: threshold ?? { kind: 'contamination', contamination } }
}
