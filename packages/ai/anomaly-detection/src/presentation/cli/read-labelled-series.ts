import type { LabelledSeries } from '../../application/evaluation/evaluate-series.ts'
import {
  type LabelledWindows,
  parseWindowsJson,
  windowsFor,
  windowsOfColumns,
} from '../../application/evaluation/labelled-windows.ts'
import type { DriftColumn, DriftTable } from '../../domain/drift/two-sample/drift-column.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { spansOfTimes } from '../../domain/metrics/series/spans-of-times.ts'
import { parseTimes } from '../../domain/time-series/timestamp.ts'
import { unknownColumn } from '../../domain/unknown-column.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { EvaluateFlags } from './command-flags.ts'
import { inFileTerms } from './in-file-terms.ts'
import { readDriftTable } from './read-drift-table.ts'

/** Reads the file of windows: JSON as NAB has it, or a table with the columns `start`, `end` and, of several files, `file`. */
export async function readWindows(path: string, context: DetectionCommandContext): Promise<LabelledWindows> {
  try {
    if (path.endsWith('.json') && context.readText !== undefined) return parseWindowsJson(await context.readText(path))
    const table = await readDriftTable(path, {}, context)
    const columnOf = (name: string): DriftColumn['values'] | undefined =>
      table.columns.find((column) => column.name.trim().toLowerCase() === name)?.values
    const [starts, ends, files] = [columnOf('start'), columnOf('end'), columnOf('file')]
    if (starts !== undefined && ends !== undefined) {
      return windowsOfColumns(starts, ends, files === undefined ? undefined : Array.from(files, String))
    }
    const names = table.columns.map(({ name }) => name).join(', ')
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `windows need the columns start and end, and of several files also file; there are: ${names}`,
    )
  } catch (error) {
    throw inFileTerms(error, path)
  }
}

/** Reads a series: its time, its numbers, and the rows of its windows. */
export async function readLabelledSeries(
  path: string,
  { time, columns, inputFormat }: Pick<EvaluateFlags, 'time' | 'columns' | 'inputFormat'>,
  windows: LabelledWindows,
  context: DetectionCommandContext,
): Promise<LabelledSeries> {
  try {
    const table = await readDriftTable(path, { format: inputFormat }, context)
    const times = timesOf(table, time ?? '')
    const features = featuresOf(table, time ?? '', columns)
    const data = new Float64Array(table.rows * features.length)
    for (const [at, values] of features.entries()) {
      for (let row = 0; row < table.rows; row++) data[row * features.length + at] = values[row] as number
    }
    return {
      name: path,
      data: { data, rows: table.rows, columns: features.length },
      times,
      windows: spansOfTimes(times, windowsFor(path, windows)),
    }
  } catch (error) {
    throw inFileTerms(error, path)
  }
}

function timesOf({ columns }: DriftTable, name: string): Float64Array {
  const column = columns.find((one) => one.name === name)
  if (column === undefined)
    throw unknownColumn(
      name,
      columns.map((one) => one.name),
    )
  const times = parseTimes(column.values)
  const lacking = times.findIndex((time) => Number.isNaN(time))
  if (lacking === -1) return times
  throw new AnomalyDetectionError('anomaly-detection/invalid-timestamp', `row ${lacking + 1} has no time`, {
    row: lacking,
  })
}

function featuresOf(
  { columns }: DriftTable,
  time: string,
  wanted: ReadonlyArray<string> | undefined,
): ReadonlyArray<Float64Array> {
  const names = wanted ?? columns.filter(({ kind, name }) => kind === 'number' && name !== time).map(({ name }) => name)
  const features = names.map((name) => {
    const column = columns.find((one) => one.name === name)
    if (column === undefined)
      throw unknownColumn(
        name,
        columns.map((one) => one.name),
      )
    if (column.kind === 'number') return column.values
    throw new AnomalyDetectionError('anomaly-detection/no-numeric-column', `column '${name}' holds text, not numbers`, {
      ignored: [name],
    })
  })
  if (features.length > 0) return features
  throw new AnomalyDetectionError('anomaly-detection/no-numeric-column', 'no column with numbers is left to work on', {
    ignored: [],
  })
}
