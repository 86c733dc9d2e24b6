import { z } from 'zod'

import { parseBySchema } from '../../application/parse-options.ts'
import type { SamplePosition } from '../../application/ports/sample-source.ts'
import { parseAnomalyStreamState } from '../../application/streaming/anomaly-stream-state.ts'
import { parseStreamingOptions, type StreamingOptions } from '../../application/streaming/streaming-options.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'

/** What `watch` keeps: how far it has read, and what it knows. */
export interface KeptWatch {
  readonly kind: 'nomaly-watch'
  readonly format: 1
  /** The file, or `-`. */
  readonly source: string
  readonly position: SamplePosition
  /** See `AnomalyStream.toJSON`. */
  readonly stream: unknown
}

const count = z.int().min(0)
const schema = z.strictObject({
  kind: z.literal('nomaly-watch'),
  format: z.literal(1),
  source: z.string(),
  position: z.strictObject({ bytes: count, line: count, header: z.array(z.string()).nullable() }),
  stream: z.unknown(),
})

/**
 * Reads what was kept.
 * @param options - what the flags ask for; another stream's state is refused
 * @throws AnomalyDetectionError `invalid-stream-state`, `invalid-options` naming the option that differs
 */
export function parseKeptWatch(input: unknown, path: string, options: StreamingOptions): KeptWatch {
  const kept = parseBySchema(schema, input, 'anomaly-detection/invalid-stream-state', `state in ${path}`)
  const { options: before } = parseAnomalyStreamState(kept.stream)
  const now = parseStreamingOptions(options)
  for (const name of Object.keys({ ...before, ...now }) as ReadonlyArray<keyof typeof now>) {
    if (JSON.stringify(before[name]) === JSON.stringify(now[name])) continue
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-options',
      `${path} holds the state of another stream: its ${name} differs; give the same flags, or another --state`,
      { option: name },
    )
  }
  return { ...kept, stream: kept.stream }
}
