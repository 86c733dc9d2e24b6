import { z } from 'zod'

import { parseBySchema } from '../../parse-options.ts'

/** The snapshot of a hosted stream. */
export interface KeptStream {
  /** Samples whose events were handed over. */
  readonly told: number
  /** The `toJSON()` of an `AnomalyStream`. */
  readonly stream: unknown
}

const schema = z.strictObject({ told: z.int().min(0), stream: z.unknown() })

/** Reads a snapshot. @throws AnomalyDetectionError `invalid-stream-state` */
export function keptStreamOf(input: unknown): KeptStream {
  return parseBySchema(schema, input, 'anomaly-detection/invalid-stream-state', 'snapshot of a stream')
}
