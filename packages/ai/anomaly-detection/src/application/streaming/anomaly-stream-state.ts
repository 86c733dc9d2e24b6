import { z } from 'zod'

import { AnomalyDetectionError } from '../../domain/errors.ts'
import { parseBySchema } from '../parse-options.ts'
import type { EntityState } from './entity-state.ts'
import { countsSchema, type StreamCounts } from './stream-counts.ts'
import { parseStreamingOptions, type ResolvedStreamingOptions } from './streaming-options.ts'

/** What a stream knows, as JSON data. */
export interface AnomalyStreamState {
  readonly kind: 'nomaly-stream'
  /** Of this form; others are refused. */
  readonly format: 1
  readonly options: ResolvedStreamingOptions
  /** Null before the first sample. */
  readonly features: ReadonlyArray<string> | null
  readonly counts: StreamCounts
  /** What of the store it goes with; null where the entities are in the state itself. */
  readonly mark: number | null
  /** Keys of entities in the store that hold samples back. */
  readonly unfinished: ReadonlyArray<string>
  /** The one that was idle longest first. */
  readonly entities: ReadonlyArray<{ readonly key: string; readonly state: EntityState }>
}

const INVALID = 'anomaly-detection/invalid-stream-state'

const schema = z.strictObject({
  kind: z.literal('nomaly-stream'),
  format: z.literal(1),
  options: z.unknown(),
  features: z.array(z.string().min(1)).min(1).nullable(),
  counts: countsSchema,
  mark: z.int().min(0).nullable(),
  unfinished: z.array(z.string()),
  entities: z.array(z.strictObject({ key: z.string(), state: z.unknown() })),
})

/** A state whose entities are still to be read: see `parseEntityState`. */
export type ReadStreamState = Omit<AnomalyStreamState, 'entities'> & {
  readonly entities: ReadonlyArray<{ readonly key: string; readonly state: unknown }>
}

/** Reads a state from outside. @throws AnomalyDetectionError `invalid-stream-state`, `invalid-options` */
export function parseAnomalyStreamState(input: unknown): ReadStreamState {
  const read = parseBySchema(schema, input, INVALID, 'state of a stream')
  return { ...read, options: parseStreamingOptions(read.options) }
}

/** Reads the state of an entity, or its text. @throws AnomalyDetectionError `invalid-stream-state` */
export function parseEntityState(entity: z.ZodType<EntityState>, state: unknown): EntityState {
  return parseBySchema(entity, typeof state === 'string' ? parsed(state) : state, INVALID, 'state of an entity')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AnomalyDetectionError(INVALID, 'the state of an entity is no JSON', {}, cause)
  }
}
