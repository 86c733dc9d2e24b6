import { z } from 'zod'

import type { AlarmPolicyOptions } from '../../domain/streaming/alarms/alarm-policy.ts'
import type { StepAggregate } from '../../domain/streaming/time/step-resampler.ts'
import type { TimeUnit } from '../../domain/streaming/time/timestamp.ts'
import { parseBySchema } from '../parse-options.ts'
import { type PartChoice, partChoice, type ResolvedPart } from './part-choice.ts'

/** What to do with a sample that lacks a number. */
export type StreamMissingPolicy = 'skip' | 'carry' | 'impute' | 'refuse'

/** What to do when the stream has changed. */
export type DriftPolicy = 'alert' | 'retrain' | 'switch' | 'roll-back'

/** How a stream is watched for change. */
export interface StreamDriftOptions {
  /** Of the catalogue of drift detectors; default `adwin`. */
  readonly detector?: PartChoice | undefined
  /** Default `score`. Features are watched one by one; each wants a detector of its own. */
  readonly watch?: 'score' | 'features' | 'both' | undefined
  /**
   * Default `alert`: only tell. `retrain`: a new model learns the newest window since the change and goes into service as
   * soon as it is ready. `switch`: it then runs beside the old one and goes into service if it proves better.
   * `roll-back`: it goes into service at once, and out again unless it proves better.
   */
  readonly policy?: DriftPolicy | undefined
  /** Samples over which two models are compared, >= 1; default 500. */
  readonly trial?: number | undefined
  /** The fewest samples a new model learns before it is ready, >= 1; default 100. */
  readonly fewest?: number | undefined
}

/** As `AlarmPolicyOptions`, with the threshold of the stream. */
export type StreamAlarmOptions = Omit<AlarmPolicyOptions, 'threshold'>

/** Which samples are late, double, or too many to wait for. */
export interface StreamOrderOptions {
  /** How much earlier than the latest time seen a sample may be and is still put in its place; >= 0, default 0. */
  readonly latenessMs?: number | undefined
  /** Samples that come later than that: `drop` (default) counts them, `refuse` throws. */
  readonly late?: 'drop' | 'refuse' | undefined
  /** A second sample of the same time (and key): default `drop`. */
  readonly duplicates?: 'drop' | 'keep' | 'refuse' | undefined
  /** The most samples of a key that wait, >= 1; default 1,000. */
  readonly capacity?: number | undefined
}

/** How uneven times become even steps. */
export interface StreamResampleOptions {
  /** > 0 */
  readonly stepMs: number
  /** How the samples of a step become one; default `mean`. */
  readonly aggregate?: StepAggregate | undefined
  /** Steps without a sample are filled by `missing` where that is `carry` or `impute`, up to so many in a row; default 1,000. */
  readonly longestGap?: number | undefined
}

/** What a stream of samples is scored with. Everything has a default. */
export interface StreamingOptions {
  /** Names the stream in its events; default `stream`. */
  readonly name?: string | undefined
  /** The fields of a record that are numbers to score, in this order; default: all that are numbers in the first sample. */
  readonly features?: ReadonlyArray<string> | undefined
  /** The field of a record that names its entity: each has a model of its own. Default: one model. */
  readonly key?: string | undefined
  /** The field of a record that holds its time. Default: samples have no time, and are taken as they come. */
  readonly time?: string | undefined
  /** Default `ms`. */
  readonly timeUnit?: TimeUnit | undefined
  /** Of the catalogue of stream detectors; default: `surprise` for one feature, `rcf` for several. */
  readonly detector?: PartChoice | undefined
  /**
   * Of the catalogue of calibrators, or `none`. Default: for `contamination` `quantile`; for `falseAlarms` `conformal`, below
   * 0.005 `spot`; `none` where the detector is left out for one feature, and its own alarm level is the threshold.
   */
  readonly calibrator?: PartChoice | undefined
  /** Samples at or above it are anomalies: a calibrated score in [0, 1], or with the calibrator `none` a raw one. */
  readonly threshold?: number | undefined
  /** Instead: the expected share of normal samples taken for anomalies, in (0, 0.5]. Default 0.005. */
  readonly falseAlarms?: number | undefined
  /** Instead: the expected share of anomalies among the samples, in (0, 0.5]: cuts at a quantile of the scores. */
  readonly contamination?: number | undefined
  /** When a run of anomalies is told as an alarm, and when it is over. */
  readonly alarms?: StreamAlarmOptions | undefined
  /** Which features made a score, where the detector can say; default `anomalies` for several features, `never` for one. */
  readonly attribution?: 'never' | 'anomalies' | 'always' | undefined
  /** Whether to say what was expected instead of an anomaly, where the detector can; costs a second look at each sample. Default true. */
  readonly expected?: boolean | undefined
  /** Whether anomalies are learned from; `normal` leaves out at most 100 in a row, so that a new level is learned. Default `all`. */
  readonly learnFrom?: 'all' | 'normal' | undefined
  /** Default `skip`, counted. `carry` takes the last known number, `impute` leaves it to a detector that accepts NaN. */
  readonly missing?: StreamMissingPolicy | undefined
  /** Only where samples have a time. */
  readonly order?: StreamOrderOptions | undefined
  /** Only where samples have a time. Default: samples are taken as they come, evenly spaced or not. */
  readonly resample?: StreamResampleOptions | undefined
  /**
   * How the stream is watched for change; `false`, the default: not at all. `{}`: its scores, by ADWIN, and it is only told. What
   * is watched should not follow itself in a cycle: detectors of drift take its values for independent of each other.
   */
  readonly drift?: StreamDriftOptions | false | undefined
  /** With `drift`: newest samples of each entity that are kept, to retrain on and to say what changed; >= 20, default 1,000. */
  readonly window?: number | undefined
  /** Entities whose models are kept in memory, >= 1; default 256. The one that was idle longest gives way, see `StreamingDeps`. */
  readonly liveKeys?: number | undefined
  /** A safe integer >= 0; default 0. The same seed and samples give the same scores. */
  readonly seed?: number | undefined
}

/** Options with every default filled in but those that depend on the first sample. */
export interface ResolvedStreamingOptions {
  readonly name: string
  readonly features?: ReadonlyArray<string> | undefined
  readonly key?: string | undefined
  readonly time?: string | undefined
  readonly timeUnit: TimeUnit
  readonly detector?: ResolvedPart | undefined
  readonly calibrator?: ResolvedPart | undefined
  readonly threshold?: number | undefined
  readonly falseAlarms?: number | undefined
  readonly contamination?: number | undefined
  readonly alarms: StreamAlarmOptions
  readonly attribution?: 'never' | 'anomalies' | 'always' | undefined
  readonly expected: boolean
  readonly learnFrom: 'all' | 'normal'
  readonly missing: StreamMissingPolicy
  readonly order: {
    readonly latenessMs: number
    readonly late: 'drop' | 'refuse'
    readonly duplicates: 'drop' | 'keep' | 'refuse'
    readonly capacity: number
  }
  readonly resample?:
    | { readonly stepMs: number; readonly aggregate: StepAggregate; readonly longestGap: number }
    | undefined
  readonly drift: ResolvedDriftOptions | false
  readonly window: number
  readonly liveKeys: number
  readonly seed: number
}

/** `StreamDriftOptions` with every default filled in. */
export interface ResolvedDriftOptions {
  readonly detector: ResolvedPart
  readonly watch: 'score' | 'features' | 'both'
  readonly policy: DriftPolicy
  readonly trial: number
  readonly fewest: number
}

const share = z.number().gt(0).max(0.5)
const count = z.int().min(1)

const drift = z.strictObject({
  detector: partChoice.default({ id: 'adwin', parameters: {} }),
  watch: z.enum(['score', 'features', 'both']).default('score'),
  policy: z.enum(['alert', 'retrain', 'switch', 'roll-back']).default('alert'),
  trial: count.default(500),
  fewest: count.default(100),
})

const order = z.strictObject({
  latenessMs: z.number().min(0).default(0),
  late: z.enum(['drop', 'refuse']).default('drop'),
  duplicates: z.enum(['drop', 'keep', 'refuse']).default('drop'),
  capacity: count.max(1_000_000).default(1000),
})

const schemaWith = <Name extends z.ZodType<string, string | undefined>>(name: Name) =>
  z
    .strictObject({
      name,
      features: z.array(z.string().min(1)).min(1).optional(),
      key: z.string().min(1).optional(),
      time: z.string().min(1).optional(),
      timeUnit: z.enum(['ms', 's', 'auto']).default('ms'),
      detector: partChoice.optional(),
      calibrator: partChoice.optional(),
      threshold: z.number().optional(),
      falseAlarms: share.optional(),
      contamination: share.optional(),
      alarms: z
        .strictObject({
          release: z.number().optional(),
          gap: count.optional(),
          coolDown: z.int().min(0).optional(),
        })
        .default({}),
      attribution: z.enum(['never', 'anomalies', 'always']).optional(),
      expected: z.boolean().default(true),
      learnFrom: z.enum(['all', 'normal']).default('all'),
      missing: z.enum(['skip', 'carry', 'impute', 'refuse']).default('skip'),
      order: order.prefault({}),
      resample: z
        .strictObject({
          stepMs: z.number().positive(),
          aggregate: z.enum(['mean', 'last', 'min', 'max', 'sum']).default('mean'),
          longestGap: z.int().min(0).default(1000),
        })
        .optional(),
      drift: z.union([z.literal(false), drift]).default(false),
      window: z.int().min(20).max(1_000_000).default(1000),
      liveKeys: count.default(256),
      seed: z.int().min(0).default(0),
    })
    .refine(
      ({ threshold, falseAlarms, contamination }) =>
        [threshold, falseAlarms, contamination].filter((one) => one !== undefined).length <= 1,
      'give one of threshold, falseAlarms and contamination',
    )
    .refine(({ features = [] }) => new Set(features).size === features.length, 'a feature is named twice')
    .refine(
      ({ features = [], key, time }) => !features.some((feature) => feature === key || feature === time),
      'the field of the key or of the time cannot be a feature as well',
    )
    .refine(
      ({ resample, time }) => resample === undefined || time !== undefined,
      'resample needs the field of the time',
    )

const schema: z.ZodType<ResolvedStreamingOptions> = schemaWith(z.string().min(1).default('stream'))

/** Reads the options of a stream that is kept: its name can be a file's and a URL's. */
export const hostedStreamSchema: z.ZodType<ResolvedStreamingOptions, StreamingOptions & { readonly name: string }> =
  schemaWith(
    z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
        "use letters, digits, '.', '_' and '-', beginning with a letter or digit, at most 128",
      ),
  )

/** Reads untrusted options. @throws AnomalyDetectionError `invalid-options`, with `details.issues` */
export function parseStreamingOptions(input: unknown): ResolvedStreamingOptions {
  return parseBySchema(schema, input ?? {}, 'anomaly-detection/invalid-options', 'streaming options')
}

/** Reads untrusted options of a stream that is kept. @throws AnomalyDetectionError `invalid-options`, with `details.issues` */
export function parseHostedStreamOptions(input: unknown): ResolvedStreamingOptions {
  return parseBySchema(hostedStreamSchema, input, 'anomaly-detection/invalid-options', 'options of the stream')
}
