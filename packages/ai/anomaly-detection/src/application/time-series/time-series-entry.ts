import { z } from 'zod'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { inSafeRange, outOfSafeRange } from '../../domain/time-series/safe-range.ts'
import type { SeriesScores, TimeSeriesDetector } from '../../domain/time-series/time-series-detector.ts'
import { parseBySchema } from '../parse-options.ts'

/** What people are told of a method. `parameters` is a JSON Schema with defaults and ranges. */
export interface TimeSeriesDescription {
  readonly id: string
  readonly name: string
  readonly summary: string
  /** How the time grows with n points and the parameters. */
  readonly cost: string
  /** Whether a seed changes the result. */
  readonly random: boolean
  /** What it finds: points out of place, or whole stretches of an odd shape. */
  readonly finds: 'points' | 'shapes'
  readonly source: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** How a method is run. */
export interface TimeSeriesRunOptions {
  /** A safe integer >= 0; default 0. */
  readonly seed?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A method with its parameters chosen. */
export interface ConfiguredTimeSeriesDetector {
  readonly id: string
  /** Complete: defaults are filled in. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Whether it takes NaN for points that are missing. */
  readonly acceptsMissing: boolean
  /** @throws AnomalyDetectionError as `TimeSeriesDetector.detect` */
  readonly detect: (values: Float64Array, options?: TimeSeriesRunOptions) => SeriesScores
}

/** A method in the catalogue. */
export interface TimeSeriesEntry {
  readonly id: string
  readonly description: TimeSeriesDescription
  /** The parameter that a cycle's length is, where the method has one. */
  readonly cycleParameter: 'period' | 'window' | undefined
  /** @throws AnomalyDetectionError `invalid-parameters` naming each bad one, its value and its range */
  readonly configure: (parameters: unknown) => ConfiguredTimeSeriesDetector
}

/** Everything that makes an entry. */
export interface TimeSeriesEntryParts<P extends Readonly<Record<string, unknown>>> extends Omit<
  TimeSeriesDescription,
  'id' | 'parameters' | 'random'
> {
  readonly detector: TimeSeriesDetector<P>
  readonly parameters: z.ZodType<P>
  readonly cycleParameter?: 'period' | 'window'
  readonly random?: boolean
  readonly acceptsMissing?: boolean
  /** Whether scores are in the series' unit. */
  readonly hasUnit?: boolean
}

/** Ties a method to its schema and texts. */
export function timeSeriesEntry<P extends Readonly<Record<string, unknown>>>(
  parts: TimeSeriesEntryParts<P>,
): TimeSeriesEntry {
  const { detector, name, summary, cost, finds, source, random = false, acceptsMissing = false } = parts
  const { id } = detector
  return {
    id,
    cycleParameter: parts.cycleParameter,
    // described on demand: a JSON Schema is dear, and most runs need none
    get description() {
      const { $schema: _, ...parameters } = z.toJSONSchema(parts.parameters, { io: 'input' })
      return { id, name, summary, cost, random, finds, source, parameters }
    },
    configure: (input) => {
      const code = 'anomaly-detection/invalid-parameters'
      const parameters = parseBySchema(parts.parameters, input ?? {}, code, `parameters of ${id}`)
      return {
        id,
        parameters,
        acceptsMissing,
        detect: (values, { seed = 0, signal } = {}) => {
          const safe = inSafeRange(values)
          const found = detector.detect(safe.values, parameters, { random: seededRandom(seed), signal })
          return outOfSafeRange(found, safe.exponent, parts.hasUnit === true)
        },
      }
    },
  }
}
