import { z } from 'zod'

import { OnlineMmd, type OnlineMmdParameters, type OnlineMmdState } from '../../domain/drift/online/online-mmd.ts'
import type { Matrix } from '../../domain/matrix.ts'
import { parseBySchema } from '../parse-options.ts'

/** How rows of a stream are held against a reference. */
export interface OnlineMmdOptions {
  /** Rows until a false alarm, on average; 2 to 100,000. */
  readonly expectedRunTime: number
  /** The newest rows that are looked at together, 2 to 500; default 20. */
  readonly windowSize?: number | undefined
  /** Streams drawn from the reference to set thresholds by; default 100 for each row of the run time, 5,000 to 200,000. */
  readonly bootstraps?: number | undefined
  /** At most so many rows of the reference are used; default 1000. Time grows with it. */
  readonly maxRows?: number | undefined
  /** A safe integer >= 0; default 0. */
  readonly seed?: number | undefined
}

const BOOTSTRAPS_A_ROW = 100
const FEWEST_BOOTSTRAPS = 5000
const MOST_BOOTSTRAPS = 200_000

const parameterShape = {
  expectedRunTime: z.number().min(2).max(100_000),
  windowSize: z.int().min(2).max(500),
  bootstraps: z.int().min(100).max(1_000_000),
  maxRows: z.int().min(10).max(10_000),
}
const schema = z.strictObject({
  ...parameterShape,
  windowSize: parameterShape.windowSize.default(20),
  bootstraps: parameterShape.bootstraps.optional(),
  maxRows: parameterShape.maxRows.default(1000),
  seed: z.int().min(0).default(0),
})

const number = z.number()
const word = z.int().min(0).max(4294967295)
const state = z
  .strictObject({
    id: z.literal('online-mmd'),
    format: z.literal(1),
    basis: z.strictObject({
      parameters: z.strictObject(parameterShape) satisfies z.ZodType<OnlineMmdParameters>,
      columns: z.int().min(1),
      means: z.array(number),
      sds: z.array(number.gt(0)),
      gamma: number.gt(0),
      thresholds: z.array(number),
      reference: z.array(number).min(2),
    }),
    aside: z.array(z.int().min(0)),
    window: z.array(number),
    random: z.tuple([word, word, word, word]).refine((words) => words.some((one) => one !== 0), 'not all may be 0'),
    seen: z.int().min(0),
    sinceRestart: z.int().min(0),
    restarts: z.boolean(),
  })
  .refine(({ basis: { parameters, columns, means, sds, thresholds, reference }, aside, window }) => {
    const rows = reference.length / columns
    return (
      [means, sds].every(({ length }) => length === columns) &&
      thresholds.length === parameters.windowSize &&
      window.length === parameters.windowSize * columns &&
      Number.isInteger(rows) &&
      rows >= aside.length + 2 &&
      aside.length === 2 * parameters.windowSize - 1 &&
      aside.every((row) => row < rows)
    )
  }, 'the rows are not those that columns and windowSize ask for') satisfies z.ZodType<OnlineMmdState>

/**
 * A detector of drift in rows of a stream whose false alarms come `expectedRunTime` rows after each other on average, whatever the
 * data. Costs for each row grow with the reference.
 * @param reference - shape (n, d), finite, n at least four windows; 500 rows and more keep the run time near what was asked
 * @throws AnomalyDetectionError `invalid-options`, `empty-dataset` where the reference is too small, `non-finite`
 */
export function createOnlineMmd(reference: Matrix, options: OnlineMmdOptions): OnlineMmd {
  const { seed, bootstraps, ...parameters } = parseBySchema(
    schema,
    options,
    'anomaly-detection/invalid-options',
    'options of online MMD',
  )
  const wanted = Math.ceil(BOOTSTRAPS_A_ROW * parameters.expectedRunTime)
  const usual = Math.min(MOST_BOOTSTRAPS, Math.max(FEWEST_BOOTSTRAPS, wanted))
  return OnlineMmd.learn(reference, { ...parameters, bootstraps: bootstraps ?? usual }, seed)
}

/** One that goes on from its `toJSON()`. @throws AnomalyDetectionError `invalid-stream-state` */
export function restoreOnlineMmd(input: unknown): OnlineMmd {
  return OnlineMmd.fromJSON(
    parseBySchema(state, input, 'anomaly-detection/invalid-stream-state', 'state of online-mmd'),
  )
}
