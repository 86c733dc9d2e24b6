/** What is said of series beside the output: how rows became points, and what was chosen. */
import type { TimeSeriesTable } from '../../application/time-series/read-time-series.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import type { FoundInSeries } from './found-in-series.ts'

/** Rows that were left out or put in order. */
export function tellWhatWasRead(
  { untimed, unordered, sourceRows }: TimeSeriesTable,
  { time }: DetectFlags,
  context: DetectionCommandContext,
): void {
  if (untimed > 0) context.note(`left out ${untimed} of ${sourceRows} rows that lack a ${time}`, 'warning')
  if (unordered > 0) {
    context.note(`sorted by ${time}: ${count(unordered, 'row')} came after one of a later time`, 'warning')
  }
}

/** What had to be done to make evenly spaced points of the rows, and which method was chosen. */
export function tellHowSpaced(
  found: ReadonlyArray<FoundInSeries>,
  { aggregate = 'mean' }: DetectFlags,
  context: DetectionCommandContext,
): void {
  const total = (of: (one: FoundInSeries) => number): number => found.reduce((sum, one) => sum + of(one), 0)
  const merged = total(({ spaced }) => spaced.merged)
  const [empty, gaps] = [total(({ spaced }) => spaced.empty), total(({ spaced }) => spaced.gaps)]
  const uneven = found.filter(({ spaced }) => spaced.stepMs === undefined).length
  if (merged > 0) {
    const share = merged === 1 ? 'shares' : 'share'
    context.note(`${count(merged, 'row')} ${share} a point with another: the ${aggregate} is taken`, 'warning')
  }
  if (empty > 0) {
    context.note(
      `${count(empty, 'point')} in ${count(gaps, 'gap')} have no row: lines join their neighbours`,
      'warning',
    )
  }
  if (uneven > 0) {
    const which = found.length === 1 ? 'times are' : `times of ${uneven} of ${found.length} series are`
    context.note(`${which} too uneven for a grid: each row is a point (--step 5m makes points of 5 minutes)`, 'warning')
  }
  for (const text of choicesOf(found)) context.note(text, 'asked')
}

// A line for each method; with many series, how many it was chosen for.
function choicesOf(found: ReadonlyArray<FoundInSeries>): ReadonlyArray<string> {
  const [only] = found
  const step = only?.spaced.stepMs
  if (only !== undefined && found.length === 1) {
    const { detector, reason } = only.detection
    const every = step === undefined ? '' : `a point every ${durationText(step)}; `
    return reason === undefined ? [] : [`${every}auto chose ${detector}: ${reason}`]
  }
  const counts = new Map<string, number>()
  for (const { detection } of found) {
    if (detection.reason === undefined) continue
    counts.set(detection.detector, (counts.get(detection.detector) ?? 0) + 1)
  }
  return Array.from(counts, ([detector, series]) => `auto chose ${detector} for ${series} of ${found.length} series`)
}

/** Milliseconds as people say them: `5 min`, `1.5 h`. */
export function durationText(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const
  const [unit, size] = units.find(([, least]) => ms >= least) ?? ['ms', 1]
  return `${Number((ms / size).toPrecision(3))} ${unit}`
}

/** A number of things. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}
