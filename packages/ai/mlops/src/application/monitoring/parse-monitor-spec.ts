import { z } from 'zod'

import { MlopsError } from '../../domain/errors.ts'
import { type MonitorSpec, outputColumnsOf } from '../../domain/monitoring/monitor-spec.ts'

const column = z.string().min(1).max(250)
const share = z.number().min(0).max(1)
const methods = [
  'kolmogorov-smirnov',
  'chi-squared',
  'z',
  'wasserstein',
  'jensen-shannon',
  'psi',
  'hellinger',
  'l-infinity',
] as const
const ratios = ['roc_auc', 'f1', 'precision', 'recall', 'specificity', 'accuracy'] as const
const counts = ['true_positive', 'false_positive', 'true_negative', 'false_negative'] as const
const losses = ['mae', 'mape', 'mse', 'msle', 'rmse', 'rmsle'] as const

const feature = z.strictObject({
  name: column,
  kind: z.enum(['numeric', 'categorical']),
  method: z.enum(methods).exactOptional(),
  threshold: z.number().positive().exactOptional(),
  deviations: z.number().positive().exactOptional(),
})

const output = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('binary'),
    prediction: column,
    score: column,
    positive: z.union([z.string(), z.number(), z.boolean()]).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('multiclass'),
    prediction: column,
    scores: z.record(z.string(), column).refine((scores) => Object.keys(scores).length > 1, 'two classes or more'),
  }),
  z.strictObject({ kind: z.literal('regression'), prediction: column }),
])

const bounds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), lower: z.number().exactOptional(), upper: z.number().exactOptional() }),
  z.strictObject({ kind: z.literal('deviation'), times: z.number().positive().exactOptional() }),
])

const schema = z
  .strictObject({
    name: column,
    model: z.strictObject({ name: z.string().min(1), version: z.string().min(1) }).exactOptional(),
    features: z.array(feature).max(10_000),
    output: output.exactOptional(),
    target: column.exactOptional(),
    id: column.exactOptional(),
    timestamp: column.exactOptional(),
    window: z.discriminatedUnion('by', [
      z.strictObject({ by: z.literal('count'), count: z.int().min(1).max(10_000) }),
      z.strictObject({ by: z.literal('size'), size: z.int().min(1).max(1_000_000) }),
      z.strictObject({ by: z.literal('period'), periodMs: z.number().min(1) }),
    ]),
    metrics: z
      .array(z.enum([...ratios, ...counts, ...losses]))
      .min(1)
      .exactOptional(),
    deviations: z.number().positive().exactOptional(),
    bounds: z.partialRecord(z.enum([...ratios, ...counts, ...losses, 'reconstruction']), bounds).exactOptional(),
    driftShare: share.positive().exactOptional(),
    quality: z
      .strictObject({
        missing: share.exactOptional(),
        outOfRange: share.exactOptional(),
        unseen: share.exactOptional(),
        duplicates: share.exactOptional(),
      })
      .exactOptional(),
    seed: z.int().min(0).exactOptional(),
  })
  .superRefine((spec, context) => {
    for (const [path, message] of faultsOf(spec)) context.addIssue({ code: 'custom', path: [path], message })
  }) satisfies z.ZodType<MonitorSpec>

/**
 * Reads what a monitor is to watch.
 * @throws MlopsError `mlops/invalid-options`, with `details.issues`: the path and message of every fault
 */
export function parseMonitorSpec(input: unknown): MonitorSpec {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new MlopsError('mlops/invalid-options', `monitor: ${text}`, { issues })
}

function faultsOf(spec: MonitorSpec): [string, string][] {
  const { features, output: answers, target, id, timestamp, metrics } = spec
  const used = [
    ...features.map(({ name }) => name),
    ...(answers === undefined ? [] : outputColumnsOf(answers)),
    ...[target, id, timestamp].filter((name) => name !== undefined),
  ]
  const twice = used.find((name, i) => used.indexOf(name) !== i)
  const known: ReadonlyArray<string> =
    answers?.kind === 'regression' ? losses : answers?.kind === 'binary' ? [...ratios, ...counts] : ratios
  const strange = metrics?.find((metric) => !known.includes(metric))
  const measured = ['kolmogorov-smirnov', 'wasserstein']
  const unfit = features.find(({ kind, method }) => kind === 'categorical' && measured.includes(method ?? ''))
  const faults: [string, string][] = []
  if (features.length === 0 && answers === undefined)
    faults.push(['features', 'name at least one feature, or an output'])
  if (twice !== undefined) faults.push(['features', `column '${twice}' is named twice`])
  if (strange !== undefined) faults.push(['metrics', `'${strange}' is no metric of ${answers?.kind ?? 'no output'}`])
  if (metrics !== undefined && target === undefined) faults.push(['metrics', 'metrics need a target'])
  const both = features.find(({ threshold, deviations }) => threshold !== undefined && deviations !== undefined)
  if (both !== undefined) faults.push(['features', `'${both.name}' has a threshold and deviations: give one of them`])
  if (unfit !== undefined)
    faults.push(['features', `${unfit.method} needs numbers, and '${unfit.name}' is categorical`])
  return faults
}
