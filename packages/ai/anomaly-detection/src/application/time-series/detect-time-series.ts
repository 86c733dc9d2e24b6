import { z } from 'zod'

import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { median } from '../../domain/numeric/order-statistic.ts'
import { type ThresholdPolicy, thresholdOf } from '../../domain/threshold.ts'
import { calendarCycle } from '../../domain/time-series/calendar-cycle.ts'
import { tooShort } from '../../domain/time-series/check-series.ts'
import { fillMissing } from '../../domain/time-series/fill-missing.ts'
import { findPeriod, type Period } from '../../domain/time-series/period.ts'
import { inSafeRange } from '../../domain/time-series/safe-range.ts'
import { anomaliesIn, type SeriesAnomaly } from '../../domain/time-series/series-anomaly.ts'
import { smoothScores } from '../../domain/time-series/subsequences.ts'
import type { SeriesScores } from '../../domain/time-series/time-series-detector.ts'
import { parseBySchema } from '../parse-options.ts'
import { configureTimeSeriesDetector } from './time-series-catalogue.ts'

const LEAST_POINTS = 8
const SHAPES_FROM = 400 // points without a cycle from which on stretches are compared with each other
const DEVIATIONS = 3 // without a band: above the mean of the scores, and
const OVER_MEDIAN = 1.25 // times their median: of a series that is alike throughout, none stands out

/** What to detect with. Every field has a default. */
export interface TimeSeriesOptions {
  /** A method's id, or `auto` (default): `seasonal-baseline` where there is a cycle or the series is short, else `sub-kmeans`. */
  readonly detector?: string | undefined
  /** Parameters that differ from the method's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  /** Points in a cycle; default `auto`, which looks for it. */
  readonly period?: number | 'auto' | undefined
  /** Share of points expected to be anomalies, in (0, 0.5]. Excludes `threshold`. */
  readonly contamination?: number | undefined
  /**
   * Where scores are cut; default at the end of the method's band, or, without one, at 3 standard deviations above
   * the mean of the scores, 1.25 times their median at least.
   */
  readonly threshold?: ThresholdPolicy | undefined
  /** Milliseconds from point to point, where they are known: a cycle near an hour, a day or a week is taken for that. */
  readonly stepMs?: number | undefined
  /** Scores are means over so many points, which finds stretches rather than points; default 1. */
  readonly smooth?: number | undefined
  /** A safe integer >= 0; default 0. */
  readonly seed?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A cycle, and what people call it. */
export interface FoundCycle extends Period {
  /** `a day`, where the time from point to point is known and tells. */
  readonly name?: string | undefined
}

/** What was found in a series, and how. */
export interface TimeSeriesDetection extends SeriesScores {
  readonly detector: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Why this method, where it was chosen. */
  readonly reason: string | undefined
  /** The cycle that was found, where it was looked for; undefined where there is none. */
  readonly cycle: FoundCycle | undefined
  /** Points with a score above this are anomalies. */
  readonly threshold: number
  /** Stretches of such points, in the order of time. */
  readonly anomalies: ReadonlyArray<SeriesAnomaly>
}

const policy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contamination'), contamination: z.number().gt(0).max(0.5) }),
  z.strictObject({ kind: z.literal('mad'), multiplier: z.number().gt(0) }),
  z.strictObject({ kind: z.literal('fixed'), value: z.number() }),
]) satisfies z.ZodType<ThresholdPolicy>

const schema = z
  .strictObject({
    detector: z.string().default('auto'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    period: z.union([z.int().min(1), z.literal('auto')]).default('auto'),
    contamination: z.number().gt(0).max(0.5).optional(),
    threshold: policy.optional(),
    stepMs: z.number().gt(0).optional(),
    smooth: z.int().min(1).default(1),
    seed: z.int().min(0).default(0),
    signal: z.instanceof(AbortSignal).optional(),
  })
  .refine(({ contamination, threshold }) => contamination === undefined || threshold === undefined, {
    message: 'give either a contamination or a threshold, not both',
    path: ['threshold'],
  })

/**
 * Finds the anomalies in a series of evenly spaced points, without a fit before. A point that is NaN is filled in by a line
 * between its neighbours, where the method cannot do without, and scores 0.
 *
 * @param values - shape (n), n >= 8; no infinity. For samples at any times see `regularGrid`
 * @throws AnomalyDetectionError `invalid-options`, `unknown-detector`, `invalid-parameters`, `series-too-short`, `non-finite`,
 *   `missing-value` where all are, `cancelled`
 */
export function detectTimeSeries(values: Float64Array, options: TimeSeriesOptions = {}): TimeSeriesDetection {
  const asked = optionsOf(options)
  const { seed, signal, smooth } = asked
  throwIfCancelled(signal)
  checkValues(values)
  const whole = fillMissing(values)
  const cycle = asked.period === 'auto' ? cycleOf(whole, asked.stepMs) : undefined
  const known = asked.period === 'auto' ? cycle?.length : asked.period
  const chosen = asked.detector === 'auto' ? choiceFor(whole.length, known, cycle) : { detector: asked.detector }
  const detector = configureTimeSeriesDetector(
    chosen.detector,
    asked.parameters,
    cycleFor(chosen.detector, known, asked),
  )
  const found = detector.detect(detector.acceptsMissing ? values : whole, { seed, signal })
  const scores = settled(smooth > 1 ? smoothScores(found.scores, smooth) : found.scores, values)
  const limit = smooth > 1 ? undefined : found.limit
  const threshold = thresholdFor(scores, limit, asked)
  const { id, parameters } = detector
  const join = found.window === undefined ? 2 : found.window >> 1
  return {
    ...found,
    scores,
    detector: id,
    parameters,
    reason: 'reason' in chosen ? chosen.reason : undefined,
    cycle,
    threshold,
    anomalies: anomaliesIn(values, { ...found, scores }, threshold, join),
  }
}

/** Reads untrusted options, and refuses a wrong method or parameter. @throws as `detectTimeSeries` */
export function checkTimeSeriesOptions(input: TimeSeriesOptions): void {
  const { detector, parameters, period } = optionsOf(input)
  const cycle = period === 'auto' ? undefined : period
  if (detector !== 'auto') configureTimeSeriesDetector(detector, parameters, cycle)
}

type ParsedOptions = z.infer<typeof schema>

function optionsOf(input: TimeSeriesOptions): ParsedOptions {
  return parseBySchema(schema, input, 'anomaly-detection/invalid-options', 'options of a time series')
}

// A window of one point is none: methods that compare shapes take their own.
function cycleFor(detector: string, known: number | undefined, { period }: ParsedOptions): number | undefined {
  const isShape = !['seasonal-baseline', 'stl', 'holt-winters', 'seasonal-esd'].includes(detector)
  if (isShape && period === 'auto') return undefined
  // looked for and not found: without a cycle, for the methods that can do without
  return known ?? (detector === 'stl' || isShape ? undefined : 1)
}

function choiceFor(
  points: number,
  period: number | undefined,
  cycle: FoundCycle | undefined,
): { readonly detector: string; readonly reason: string } {
  if (period !== undefined && period > 1) {
    const length = cycle?.name === undefined ? `${period} points` : `${cycle.name} (${period} points)`
    const seen = `a cycle of ${length}, seen ${Math.floor(points / period)} times`
    const why = cycle === undefined ? seen : `${seen}, explains ${Math.round(cycle.strength * 100)} % of the variance`
    return { detector: 'seasonal-baseline', reason: why }
  }
  if (points < SHAPES_FROM) {
    return {
      detector: 'seasonal-baseline',
      reason: `no cycle, and ${points} points are few: a running median with a band`,
    }
  }
  return { detector: 'sub-kmeans', reason: 'no cycle: stretches of the series are compared with each other' }
}

function cycleOf(values: Float64Array, stepMs: number | undefined): FoundCycle | undefined {
  const found = findPeriod(inSafeRange(values).values)
  const known = found && stepMs !== undefined ? calendarCycle(found, stepMs) : undefined
  return found && { ...found, ...known }
}

function checkValues(values: Float64Array): void {
  if (values.length < LEAST_POINTS) throw tooShort(values.length, LEAST_POINTS, 'a time series')
  const at = values.findIndex((value) => value === Infinity || value === -Infinity)
  if (at === -1) return
  throw new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `point ${at} is ${values[at]}; a finite number is needed`,
    { row: at },
  )
}

function settled(scores: Float64Array, values: Float64Array): Float64Array {
  return scores.map((score, t) => (Number.isNaN(values[t]) ? 0 : score))
}

function thresholdFor(scores: Float64Array, limit: number | undefined, asked: ParsedOptions): number {
  if (asked.contamination !== undefined) {
    return thresholdOf(scores, { kind: 'contamination', contamination: asked.contamination })
  }
  if (asked.threshold !== undefined) return thresholdOf(scores, asked.threshold)
  return limit ?? standingOut(scores)
}

function standingOut(scores: Float64Array): number {
  const n = scores.length
  const unit = scores.reduce((most, score) => Math.max(most, Math.abs(score)), 0) || 1 // squares of parts of it are finite
  const mean = scores.reduce((sum, score) => sum + score / unit / n, 0)
  const variance = scores.reduce((sum, score) => sum + (score / unit - mean) ** 2 / n, 0)
  const cut = Math.max((OVER_MEDIAN * median(scores)) / unit, mean + DEVIATIONS * Math.sqrt(variance))
  return Math.min(Number.MAX_VALUE, cut * unit)
}
