import { z } from 'zod'

import { AnomalyDetectionError } from '../../../domain/errors.ts'
import { parseBySchema } from '../../parse-options.ts'

/** What people are told of a part of a stream: a detector, a calibrator, a drift detector. */
export interface StreamPartDescription {
  readonly id: string
  readonly name: string
  readonly summary: string
  /** How the time of one sample and the memory grow: d numbers a sample, and the parameters. */
  readonly cost: { readonly sample: string; readonly memory: string }
  /** Whether a seed changes the result. */
  readonly random: boolean
  readonly source: string
  /** A JSON Schema with defaults and ranges. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** What a part is made for. */
export interface StreamPartContext {
  /** How many numbers a sample has; a calibrator and a drift detector read one, whatever this says. */
  readonly columns: number
  /** A safe integer >= 0. */
  readonly seed: number
}

/** A part in a catalogue of stream parts: `Made` is a `StreamDetector`, a `ScoreCalibrator` or a `StreamDriftDetector`. */
export interface StreamCatalogueEntry<Made> {
  readonly id: string
  readonly description: StreamPartDescription
  /**
   * @param parameters - those that differ from the defaults
   * @returns all of them
   * @throws AnomalyDetectionError `invalid-parameters` naming each bad one, its value and its range
   */
  readonly parse: (parameters: unknown) => Readonly<Record<string, unknown>>
  /** A new part. @throws as `parse`; `invalid-options` where the context makes no sense */
  readonly create: (parameters: unknown, context: StreamPartContext) => Made
  /** A part that goes on from its `toJSON()`. @throws AnomalyDetectionError `invalid-stream-state` where this is no such state */
  readonly restore: (state: unknown) => Made
}

/** Everything that makes an entry: the texts, the class, and the schemas of its parameters and its state. */
export interface StreamEntryParts<P extends Readonly<Record<string, unknown>>, S, Made> {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly cost: { readonly sample: string; readonly memory: string }
  readonly random: boolean
  readonly source: string
  readonly parameters: z.ZodType<P>
  /** Checks a state from outside as far as `restore` relies on it: lengths, ranges, indices. */
  readonly state: z.ZodType<S>
  readonly create: (parameters: P, context: StreamPartContext) => Made
  /** `fromJSON` of the class. */
  readonly restore: (state: S) => Made
}

/** Ties a class to its schemas and texts. */
export function streamCatalogueEntry<P extends Readonly<Record<string, unknown>>, S, Made>(
  parts: StreamEntryParts<P, S, Made>,
): StreamCatalogueEntry<Made> {
  const { id, name, summary, cost, random, source } = parts
  const parse = (input: unknown): P =>
    parseBySchema(parts.parameters, input ?? {}, 'anomaly-detection/invalid-parameters', `parameters of ${id}`)
  return {
    id,
    // described on demand: a JSON Schema is dear, and most runs need none
    get description() {
      const { $schema: _, ...parameters } = z.toJSONSchema(parts.parameters, { io: 'input' })
      return { id, name, summary, cost, random, source, parameters }
    },
    parse,
    create: (input, context) => {
      checkContext(context)
      return parts.create(parse(input), context)
    },
    restore: (input) =>
      parts.restore(parseBySchema(parts.state, input, 'anomaly-detection/invalid-stream-state', `state of ${id}`)),
  }
}

function checkContext({ columns, seed }: StreamPartContext): void {
  refuseUnless(Number.isSafeInteger(columns) && columns >= 1, 'columns', columns, 'a whole number from 1')
  refuseUnless(
    Number.isSafeInteger(seed) && seed >= 0,
    'seed',
    seed,
    `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
  )
}

function refuseUnless(valid: boolean, option: string, value: number, needed: string): void {
  if (valid) return
  throw new AnomalyDetectionError('anomaly-detection/invalid-options', `${option} is ${value}; it must be ${needed}`, {
    option,
    value,
  })
}
