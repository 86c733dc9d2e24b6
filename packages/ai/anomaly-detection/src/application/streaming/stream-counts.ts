import { z } from 'zod'

/** What has become of the samples of a stream since it began. */
export interface StreamCounts {
  /** Samples that came, refused ones included. */
  readonly received: number
  readonly scored: number
  /** Left out because a number was missing; of resampled streams, steps. */
  readonly missing: number
  /** Left out because they came too late. */
  readonly late: number
  /** Left out because there was one of the same time before. */
  readonly duplicates: number
  /** That made `push` throw. */
  readonly refused: number
  readonly anomalies: number
  /** Runs of anomalies. */
  readonly alarms: number
  readonly drifts: number
  /** New models that went into service. */
  readonly promoted: number
  /** Old models that came back. */
  readonly restored: number
  /** Entities forgotten because there were too many and no store to put them. */
  readonly forgotten: number
}

/** Counts that go up. */
export type RunningCounts = { -readonly [Name in keyof StreamCounts]: number }

/** All 0. */
export function noCounts(): RunningCounts {
  return {
    received: 0,
    scored: 0,
    missing: 0,
    late: 0,
    duplicates: 0,
    refused: 0,
    anomalies: 0,
    alarms: 0,
    drifts: 0,
    promoted: 0,
    restored: 0,
    forgotten: 0,
  }
}

const count = z.int().min(0)

/** Reads counts. */
export const countsSchema: z.ZodType<StreamCounts> = z.strictObject({
  received: count,
  scored: count,
  missing: count,
  late: count,
  duplicates: count,
  refused: count,
  anomalies: count,
  alarms: count,
  drifts: count,
  promoted: count,
  restored: count,
  forgotten: count,
})
