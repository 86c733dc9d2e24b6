import { z } from 'zod'

import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { TimeWindow } from '../../domain/metrics/series/spans-of-times.ts'
import { parseTimes } from '../../domain/time-series/timestamp.ts'
import { parseBySchema } from '../parse-options.ts'

/** Windows by the file that they are of; `null` where they are of every file. */
export type LabelledWindows = ReadonlyMap<string | null, ReadonlyArray<TimeWindow>>

const instant = z.union([z.string(), z.number()])
const pairs = z.array(z.tuple([instant, instant]))
const schema = z.union([z.record(z.string(), pairs), pairs], {
  error: 'give { "file.csv": [["start", "end"], ...], ... } as NAB does, or [["start", "end"], ...]',
})

/**
 * Reads windows in the form of NAB's `combined_windows.json`, or as a plain list for every file.
 * @throws AnomalyDetectionError `invalid-label`, `invalid-timestamp`
 */
export function parseWindowsJson(text: string): LabelledWindows {
  const parsed = parseBySchema(schema, jsonOf(text), 'anomaly-detection/invalid-label', 'windows')
  const entries: ReadonlyArray<readonly [string | null, z.infer<typeof pairs>]> = Array.isArray(parsed)
    ? [[null, parsed]]
    : Object.entries(parsed)
  return new Map(entries.map(([file, list]) => [file, list.map(([start, end]) => windowOf(start, end))]))
}

/**
 * Windows out of columns of a table.
 * @param files - the file of each; without it all are of every file
 * @throws AnomalyDetectionError `invalid-label` where a start or an end is missing, `invalid-timestamp`
 */
export function windowsOfColumns(
  starts: Float64Array | ReadonlyArray<string | null>,
  ends: Float64Array | ReadonlyArray<string | null>,
  files?: ReadonlyArray<string | null>,
): LabelledWindows {
  const [from, to] = [parseTimes(starts), parseTimes(ends)]
  const windows = new Map<string | null, TimeWindow[]>()
  for (const [row, start] of from.entries()) {
    const end = to[row] ?? Number.NaN
    if (Number.isNaN(start) || Number.isNaN(end)) {
      throw new AnomalyDetectionError('anomaly-detection/invalid-label', `window ${row + 1} lacks its start or end`, {
        row,
      })
    }
    const file = files?.[row] ?? null
    windows.set(file, [...(windows.get(file) ?? []), { start, end }])
  }
  return windows
}

/**
 * Those of one file: by its whole path, by the end of it, or by its name alone.
 * @throws AnomalyDetectionError `invalid-label` where nothing is said of the file
 */
export function windowsFor(path: string, windows: LabelledWindows): ReadonlyArray<TimeWindow> {
  const own = path.replaceAll('\\', '/')
  const forAll = windows.get(null)
  const files = [...windows.keys()].filter((file) => file !== null)
  const exact = files.filter((file) => own === file || own.endsWith(`/${file}`))
  const byName = files.filter((file) => nameOf(file) === nameOf(own))
  const [found, ...others] = exact.length > 0 ? exact : byName
  if (found !== undefined && (others.length === 0 || exact.length > 0)) {
    const longest = exact.toSorted((a, b) => b.length - a.length)[0] ?? found
    return [...(windows.get(longest) ?? []), ...(forAll ?? [])]
  }
  if (forAll !== undefined) return forAll
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-label',
    found === undefined
      ? `nothing is said of the windows of ${path}; a file without any is given an empty list`
      : `the windows of ${path} may be those of ${byName.join(' or ')}; give more of its path`,
    { path },
  )
}

function windowOf(start: string | number, end: string | number): TimeWindow {
  const [from, to] = parseTimes([String(start), String(end)])
  if (from !== undefined && to !== undefined && from <= to) return { start: from, end: to }
  throw new AnomalyDetectionError('anomaly-detection/invalid-label', `a window from ${start} to ${end} is none`, {
    start,
    end,
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AnomalyDetectionError('anomaly-detection/invalid-label', 'the windows are no JSON', {}, cause)
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
