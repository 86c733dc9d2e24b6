import { z } from 'zod'

import { ALERT_THRESHOLDS, type AlertThresholds } from '../domain/alerts/alert-thresholds.ts'
import { ProfilingError } from '../domain/errors.ts'

/** How a table is profiled. */
export interface ProfileOptions {
  /** Name of the data, for people. Default `table`. */
  readonly source: string
  /** Columns to look at, in this order; default all. */
  readonly columns?: ReadonlyArray<string> | undefined
  /** Length of the lists of frequent values. Default 10. */
  readonly top: number
  /** Shares of the quantiles, 0 to 1, ascending. Default 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99. */
  readonly quantiles: ReadonlyArray<number>
  /** Bins of a histogram, at most. Default 40. */
  readonly bins: number
  /** Columns with at most so many different values are counted value by value, and exact throughout. Default 10,000. */
  readonly exactDistinct: number
  /** Rows of the sample that patterns, dependencies, wide keys and correlations are found on. Default 10,000. */
  readonly sampleRows: number
  /** Draws the sample. Default 1. */
  readonly seed: number
  /** Rows of the profile's `sample`. Default 10. */
  readonly shownRows: number
  /** Whether duplicate rows are counted (a scan over all columns, unless a key tells that there are none). Default true. */
  readonly duplicates: boolean
  /** Whether keys and functional dependencies are searched. Default true. */
  readonly relations: boolean
  /** A dependency may fail for this share of rows. Default 0.01. */
  readonly dependencyError: number
  /** Whether the mergeable state goes into the profile; it holds values as they are. Default false. */
  readonly sketches: boolean
  /** Whether correlations, interactions and time series are computed on the sample. Default true. */
  readonly correlations: boolean
  /** Whether personal data is shown as it is. Default false: see `maskedProfile` for what goes. */
  readonly unmask: boolean
  /** From where on something is worth an alert; ydata-profiling's thresholds where not given. */
  readonly alerts: AlertThresholds
}

const share = z.number().min(0).max(1)
const schema = z.strictObject({
  source: z.string().default('table'),
  columns: z.array(z.string()).min(1).optional(),
  top: z.int().min(0).max(1000).default(10),
  quantiles: z
    .array(share)
    .refine((ps) => ps.every((p, i) => i === 0 || p > (ps[i - 1] ?? 0)), 'give the quantiles in ascending order')
    .default([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
  bins: z.int().min(2).max(256).default(40),
  exactDistinct: z.int().min(10).max(1_000_000).default(10_000),
  sampleRows: z.int().min(100).max(1_000_000).default(10_000),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  shownRows: z.int().min(0).max(1000).default(10),
  duplicates: z.boolean().default(true),
  relations: z.boolean().default(true),
  dependencyError: share.default(0.01),
  sketches: z.boolean().default(false),
  correlations: z.boolean().default(true),
  unmask: z.boolean().default(false),
  alerts: z
    .strictObject({
      highCorrelation: share.default(ALERT_THRESHOLDS.highCorrelation),
      highCardinality: z.number().min(1).default(ALERT_THRESHOLDS.highCardinality),
      imbalance: share.default(ALERT_THRESHOLDS.imbalance),
      skewed: z.number().min(0).default(ALERT_THRESHOLDS.skewed),
      missing: share.default(ALERT_THRESHOLDS.missing),
      zeros: share.default(ALERT_THRESHOLDS.zeros),
      infinite: share.default(ALERT_THRESHOLDS.infinite),
      dirtyCategory: share.default(ALERT_THRESHOLDS.dirtyCategory),
      seasonal: share.default(ALERT_THRESHOLDS.seasonal),
      nonStationary: share.default(ALERT_THRESHOLDS.nonStationary),
      uniform: share.default(ALERT_THRESHOLDS.uniform),
      rejected: share.default(ALERT_THRESHOLDS.rejected),
      typeDate: share.default(ALERT_THRESHOLDS.typeDate),
    })
    .default(ALERT_THRESHOLDS),
}) satisfies z.ZodType<ProfileOptions>

/** Reads untrusted options. @throws ProfilingError `profiling/invalid-options`, with `details.issues` */
export function parseProfileOptions(input: unknown): ProfileOptions {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const text = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  throw new ProfilingError('profiling/invalid-options', `options of the profile: ${text}`, { issues })
}
