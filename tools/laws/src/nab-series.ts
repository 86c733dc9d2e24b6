/** The open part of the Numenta Anomaly Benchmark, as tests read it: call these inside a test. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { referenceRoot } from './reference-data.ts'

/** One series with its labelled windows, in rows, both ends inside. */
export interface NabSeriesData {
  /** Such as `realTraffic/speed_t4013.csv`. */
  readonly name: string
  /** Shape (n), as they stand in the file: `YYYY-MM-DD HH:MM:SS`. */
  readonly timestamps: ReadonlyArray<string>
  /** Shape (n). */
  readonly values: Float64Array
  readonly windows: ReadonlyArray<{ readonly first: number; readonly last: number }>
}

const TIMESTAMP_LENGTH = 19

/** Names of the open series. */
export function nabNames(): ReadonlyArray<string> {
  return Object.keys(combinedWindows())
}

/** Reads one of them. */
export function nabSeries(name: string): NabSeriesData {
  const lines = readFileSync(join(referenceRoot, 'data/nab/data', name), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
  const timestamps = lines.map((line) => line.slice(0, TIMESTAMP_LENGTH))
  const values = Float64Array.from(lines, (line) => Number(line.slice(TIMESTAMP_LENGTH + 1)))
  const windows = (combinedWindows()[name] ?? []).map(([start, end]) => ({
    first: timestamps.findIndex((at) => at >= start.slice(0, TIMESTAMP_LENGTH)),
    last: timestamps.findLastIndex((at) => at <= end.slice(0, TIMESTAMP_LENGTH)),
  }))
  return { name, timestamps, values, windows }
}

function combinedWindows(): Record<string, ReadonlyArray<readonly [string, string]>> {
  const text = readFileSync(join(referenceRoot, 'data/nab/combined_windows.json'), 'utf8')
  return JSON.parse(text) as Record<string, ReadonlyArray<readonly [string, string]>> // its README says so
}
