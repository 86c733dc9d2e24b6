import { z } from 'zod'

/** The data of a job, and how a detector goes about them. */
interface DetectorInput {
  /** The id of a kept data set. */
  readonly dataset: string
  readonly columns?: ReadonlyArray<string> | undefined
  readonly missing?: 'reject' | 'drop' | 'median' | undefined
  /** Make numbers of text columns; default: they are left out. */
  readonly encode?: 'onehot' | 'ordinal' | undefined
  readonly detector?: string | undefined
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly contamination?: number | undefined
  readonly threshold?: number | undefined
  readonly seed?: number | undefined
}

/** A kept model; the latest version by default. */
interface ModelInput {
  readonly name: string
  readonly version?: number | undefined
}

/** What jobs are asked with, by kind. */
interface JobInputs {
  readonly detect: DetectorInput & {
    readonly model?: ModelInput | undefined
    /** The column of times, where the rows are series; of the values, and of the key that a series is for. */
    readonly time?: string | undefined
    readonly value?: string | undefined
    readonly key?: string | undefined
    readonly period?: number | undefined
  }
  readonly train: DetectorInput & {
    readonly name: string
    readonly normalize?: 'z-score' | 'min-max' | 'robust' | undefined
  }
  readonly evaluate: Pick<DetectorInput, 'dataset' | 'columns' | 'missing' | 'seed'> & {
    /** The column that says which rows are anomalies; or the feedback that was given on results of the data set. */
    readonly label?: string | undefined
    readonly feedback?: true | undefined
    readonly detectors?: ReadonlyArray<string> | undefined
  }
  readonly explain: DetectorInput & {
    readonly model?: ModelInput | undefined
    readonly rows?: ReadonlyArray<number> | undefined
    readonly limit?: number | undefined
  }
  readonly profile: { readonly dataset: string }
  readonly check: { readonly dataset: string; readonly suite: string }
  readonly suggest: {
    readonly dataset: string
    /** Of the suite; by default the data set's, without its ending. */
    readonly name?: string | undefined
    /** Of the whole suite on the next table; default 0.95. */
    readonly confidence?: number | undefined
  }
}

/** The kinds of jobs that the platform does. */
export type JobKindName = keyof JobInputs

/** What a job of a kind is asked with. */
export type JobInput<Kind extends JobKindName> = JobInputs[Kind]

const data = {
  dataset: z.string().min(1).max(64),
  columns: z.array(z.string()).min(1).optional(),
  missing: z.enum(['reject', 'drop', 'median']).optional(),
}
const how = {
  encode: z.enum(['onehot', 'ordinal']).optional(),
  detector: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  contamination: z.number().gt(0).max(0.5).optional(),
  threshold: z.number().optional(),
  seed: z.int().min(0).optional(),
}
const model = z.strictObject({ name: z.string().min(1).max(128), version: z.int().min(1).optional() })
const normalize = z.enum(['z-score', 'min-max', 'robust']).optional()

const KNOWS_ENCODING = { message: 'a kept model knows how its columns are encoded', path: ['encode'] }

/** Reads what jobs are asked with. */
export const jobInputs: { readonly [Kind in JobKindName]: z.ZodType<JobInputs[Kind]> } = {
  detect: z
    .strictObject({
      ...data,
      ...how,
      model: model.optional(),
      time: z.string().min(1).optional(),
      value: z.string().min(1).optional(),
      key: z.string().min(1).optional(),
      period: z.int().min(1).optional(),
    })
    .superRefine(({ time, ...input }, context) => {
      const wrong =
        time === undefined
          ? (['value', 'key', 'period'] as const)
          : (['columns', 'missing', 'encode', 'model'] as const)
      for (const path of wrong) {
        if (input[path] === undefined) continue
        const message =
          time === undefined
            ? 'it is about time series: give "time", too'
            : 'it does not go with "time", which takes one column of values'
        context.addIssue({ code: 'custom', message, path: [path] })
      }
    })
    .refine(({ model: kept, missing }) => kept === undefined || missing === undefined || missing === 'reject', {
      message:
        'a kept model scores a batch at a time, which knows no median of all rows: only "reject" goes with a model',
      path: ['missing'],
    })
    .refine(({ model: kept, encode }) => kept === undefined || encode === undefined, KNOWS_ENCODING),
  train: z.strictObject({ ...data, ...how, normalize, name: z.string().min(1).max(128) }),
  evaluate: z
    .strictObject({
      ...data,
      label: z.string().min(1).optional(),
      feedback: z.literal(true).optional(),
      detectors: z.array(z.string()).min(1).optional(),
      seed: z.int().min(0).optional(),
    })
    .refine(({ label, feedback }) => (label === undefined) !== (feedback === undefined), {
      message: 'give either the column "label", or "feedback": true for what was said of rows of its results',
      path: ['label'],
    }),
  explain: z
    .strictObject({
      ...data,
      ...how,
      model: model.optional(),
      rows: z.array(z.int().min(0)).min(1).max(100).optional(),
      limit: z.int().min(1).max(100).optional(),
    })
    .refine(({ model: kept, encode }) => kept === undefined || encode === undefined, KNOWS_ENCODING),
  profile: z.strictObject({ dataset: data.dataset }),
  check: z.strictObject({ dataset: data.dataset, suite: z.string().min(1).max(200) }),
  suggest: z.strictObject({
    dataset: data.dataset,
    name: z.string().min(1).max(200).optional(),
    confidence: z.number().gt(0.5).lt(1).optional(),
  }),
}

/** A job as its thread gets it. */
export interface ThreadJob {
  readonly dataPath: string
  /** The data set's file. */
  readonly file: { readonly path: string; readonly format: 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' }
  readonly rows: number
  readonly dataset: { readonly id: string; readonly name: string; readonly sha256: string }
  readonly input: unknown
}
