import { z } from 'zod'

import type { CombinationRule } from '../../domain/combination/combination-rule.ts'
import type { Unification } from '../../domain/unification/unification.ts'
import { count, float64s, int32s } from '../catalogue/array-schemas.ts'
import { parseBySchema } from '../parse-options.ts'
import type { EnsembleParameters } from './ensemble-parameters.ts'

/** What an ensemble has learned. Plain data and typed arrays. */
export interface EnsembleState {
  readonly columns: number
  /** In the order of the parameter `detectors`: the state of each, and how its scores are unified. */
  readonly members: ReadonlyArray<{ readonly state: unknown; readonly unification: Unification }>
  readonly rule: CombinationRule
}

const finiteArray = float64s.refine(
  (values) => values.every((value) => Number.isFinite(value)),
  'a value is not finite',
)

const weights = finiteArray.refine(
  (values) => values.every((weight) => weight >= 0) && values.some((weight) => weight > 0),
  'weights must be >= 0, and not all 0',
)

const unification = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('rank'),
    sorted: finiteArray.refine(
      (scores) => scores.length > 0 && scores.every((score, i) => i === 0 || score >= (scores[i - 1] as number)),
      'the training scores are not in order',
    ),
  }),
  z.strictObject({
    method: z.enum(['z-score', 'min-max', 'regularized', 'gaussian', 'gamma']),
    scale: z.number().positive(),
    center: z.number(),
    spread: z.number().positive(),
    shape: z
      .number()
      .positive()
      .max(2 ** 32), // no more than rows: a larger one would be summed for hours
    inversion: z.strictObject({ largest: z.number().positive(), least: z.number().positive() }).optional(),
  }),
]) satisfies z.ZodType<Unification>

const rule = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('average'), weights }),
  z.strictObject({ method: z.enum(['max', 'median']) }),
  z.strictObject({ method: z.enum(['aom', 'moa']), bucketOf: int32s }),
  z.strictObject({ method: z.literal('vote'), weights, thresholds: finiteArray }),
  z.strictObject({ method: z.literal('stack'), weights: finiteArray, intercept: z.number() }),
]) satisfies z.ZodType<CombinationRule>

const schema = z.strictObject({
  columns: count,
  members: z.array(z.strictObject({ state: z.unknown(), unification })),
  rule,
}) satisfies z.ZodType<EnsembleState>

/** Reads a stored state of an ensemble of these parameters. @throws AnomalyDetectionError `corrupt-model` */
export function parseEnsembleState(input: unknown, parameters: EnsembleParameters): EnsembleState {
  const fitting = schema.refine(
    (state) => isOf(state, parameters),
    'the members and the rule do not fit the parameters of the ensemble',
  )
  return parseBySchema(fitting, input, 'anomaly-detection/corrupt-model', 'stored state of ensemble')
}

function isOf({ members, rule: { method, ...learned } }: EnsembleState, parameters: EnsembleParameters): boolean {
  const size = parameters.detectors.length
  return (
    members.length === size &&
    members.every((member) => member.unification.method === parameters.unify) &&
    method === parameters.combine &&
    Object.values(learned).every((value) => typeof value === 'number' || value.length === size)
  )
}
