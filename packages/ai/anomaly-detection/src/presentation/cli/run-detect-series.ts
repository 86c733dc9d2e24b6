import type { TableSource } from '../../application/ports/table-reader.ts'
import { checkTimeSeriesOptions, type TimeSeriesOptions } from '../../application/time-series/detect-time-series.ts'
import { evenlySpaced } from '../../application/time-series/evenly-spaced.ts'
import { readTimeSeries, type TimeSeriesTable } from '../../application/time-series/read-time-series.ts'
import { isTimeSeriesDetector } from '../../application/time-series/time-series-catalogue.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { ResultOptions } from '../../domain/results/result-info.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import type { FoundInSeries } from './found-in-series.ts'
import { inFileTerms } from './in-file-terms.ts'
import { type Keeping, whileKeeping } from './keeping.ts'
import { printSeries } from './print-series.ts'
import { tellHowSpaced, tellWhatWasRead } from './series-notes.ts'
import { refuseWithTime } from './series-only-flags.ts'

type SeriesDetectFlags = DetectFlags & { readonly time: string }

/** Runs `detect FILE --time COLUMN`. */
export async function runDetectSeries(
  path: string,
  flags: SeriesDetectFlags,
  context: DetectionCommandContext,
): Promise<void> {
  refuseWithTime(flags)
  const options = optionsOf(flags, await context.settings())
  checkTimeSeriesOptions(options)
  await whileKeeping(path, flags, context, (keeping) => detectIn(path, flags, options, context, keeping))
}

async function detectIn(
  path: string,
  flags: SeriesDetectFlags,
  options: TimeSeriesOptions,
  context: DetectionCommandContext,
  keeping: Keeping | undefined,
): Promise<void> {
  const work = await context.work(flags)
  const file = path === '-' ? 'the standard input' : path
  const source = keeping?.source ?? { path, format: flags.inputFormat }
  const table = await read(source, file, flags, context)
  tellWhatWasRead(table, flags, context)
  const found: FoundInSeries[] = []
  let short = 0
  for (const series of table.series) {
    context.progress(series.key === undefined ? `detecting in ${file}` : `${flags.key} ${series.key}`)
    try {
      const spaced = evenlySpaced(series.times, series.values, { stepMs: flags.step, aggregate: flags.aggregate })
      const detection = await work.detectSeries(spaced.values.slice(), { ...options, stepMs: spaced.stepMs })
      found.push({ series, spaced, detection })
    } catch (error) {
      // of many series, some are too short to say anything about
      if (flags.key === undefined || codeOf(error) !== 'anomaly-detection/series-too-short')
        throw inFileTerms(error, file)
      short++
    }
  }
  context.progress(undefined)
  if (found.length === 0) throw tooShortAll(file, short)
  if (short > 0) context.note(`left out ${short} of ${table.series.length} series that are too short`, 'warning')
  tellHowSpaced(found, flags, context)
  await printSeries(found, table, flags, context)
  await keeping?.keepSeries(found, table, optionsToKeep(flags, options, found))
}

// A cut by the spread of the scores is kept as the score that it came to, where that is one.
function optionsToKeep(
  { step, aggregate, smooth, period }: SeriesDetectFlags,
  { contamination, threshold, seed }: TimeSeriesOptions,
  [first, ...others]: ReadonlyArray<FoundInSeries>,
): ResultOptions {
  const cut = threshold && others.length === 0 ? first?.detection.threshold : undefined
  const known = period === 'auto' ? undefined : period
  return { contamination, threshold: cut, seed, period: known, stepMs: step, aggregate, smooth }
}

type Settings = Awaited<ReturnType<DetectionCommandContext['settings']>>

// The settings' share of anomalies is about rows of tables: a band is no share.
function optionsOf(flags: SeriesDetectFlags, settings: Settings): TimeSeriesOptions {
  const set = settings.detector !== undefined && isTimeSeriesDetector(settings.detector) ? settings.detector : undefined
  return {
    detector: flags.detector ?? set,
    parameters: flags.param,
    period: flags.period,
    contamination: flags.contamination,
    threshold: flags.threshold,
    smooth: flags.smooth,
    seed: flags.seed ?? settings.seed,
  }
}

async function read(
  source: Pick<TableSource, 'path' | 'format'>,
  file: string,
  { time, value, key, order }: SeriesDetectFlags,
  context: DetectionCommandContext,
): Promise<TimeSeriesTable> {
  context.progress(`reading ${file}`)
  try {
    const wanted = value === undefined ? undefined : [time, value, ...(key === undefined ? [] : [key])]
    const table = await context.openTable({ ...source, columns: wanted, signal: context.signal })
    return await readTimeSeries(table, { time, value, key, order })
  } catch (error) {
    throw inFileTerms(withAdvice(error), file)
  } finally {
    context.progress(undefined)
  }
}

function withAdvice(error: unknown): unknown {
  if (!AnomalyDetectionError.is(error)) return error
  const isChoice = error.code === 'anomaly-detection/invalid-options' && Array.isArray(error.details['columns'])
  if (!isChoice) return error
  return new AnomalyDetectionError(error.code, `${error.message} (--value COLUMN)`, error.details, error)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function tooShortAll(file: string, series: number): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/series-too-short',
    `${file}: each of the ${series} series has too few points to say anything about`,
    { series },
  )
}
