import { AnomalyDetectionError } from '../../domain/errors.ts'
import { parseTimes } from '../../domain/time-series/timestamp.ts'
import { unknownColumn } from '../../domain/unknown-column.ts'
import { beforeReading } from '../before-reading.ts'
import type { Table, TableBatch, TableColumn } from '../ports/table-reader.ts'

/** Which columns of a table are a series. */
export interface TimeSeriesColumns {
  readonly time: string
  /** Default: the only column of numbers beside the time and the key. */
  readonly value?: string | undefined
  /** A series for each value of this column; default one series. */
  readonly key?: string | undefined
  /** What becomes of rows that are not in the order of time; default `sort`. */
  readonly order?: 'sort' | 'refuse' | undefined
}

/** The samples of one entity in the order of time, those of one instant in the order of the file. */
export interface ReadSeries {
  /** Undefined where there is no key. */
  readonly key: string | undefined
  /** 0-based rows of the table, shape (n). */
  readonly rows: Int32Array
  /** Epoch milliseconds, ascending; shape (n). */
  readonly times: Float64Array
  /** NaN where there is no value; shape (n). */
  readonly values: Float64Array
}

/** A table as series, in the order in which their keys come first. */
export interface TimeSeriesTable {
  readonly series: ReadonlyArray<ReadSeries>
  readonly value: string
  readonly sourceRows: number
  /** Rows without a time, which are in no series. */
  readonly untimed: number
  /** Rows that came before one of an earlier time of their series, and were put in order. */
  readonly unordered: number
  /** A row's time as the table has it. */
  readonly timeOf: (row: number) => string | number
}

/**
 * Reads series out of a table.
 * @throws AnomalyDetectionError `unknown-column`, `no-numeric-column`, `invalid-timestamp` (with row and line), `invalid-options`
 *   where there are several columns of numbers to choose from, `empty-dataset`; what the reader rejects with
 */
export async function readTimeSeries(table: Table, columns: TimeSeriesColumns): Promise<TimeSeriesTable> {
  const { value, timeAt, valueAt, keyAt } = await beforeReading(table, () => placesOf(table, columns))
  const times = new Gathered()
  const values = new Gathered()
  const keys: Array<string | null> = []
  const starts: Array<{ readonly row: number; readonly lineOf: TableBatch['lineOf'] }> = []
  for await (const batch of table.batches) {
    starts.push({ row: times.rows, lineOf: batch.lineOf })
    times.add(batch, timeAt)
    values.add(batch, valueAt)
    if (keyAt !== -1) for (let row = 0; row < batch.rows; row++) keys.push(textOf(batch.columns[keyAt], row))
  }
  if (times.rows === 0) {
    throw new AnomalyDetectionError('anomaly-detection/empty-dataset', 'there are no rows', { rows: 0 })
  }
  const written = times.column()
  const parsed = withLine(starts, () => parseTimes(written))
  const { series, unordered, untimed } = inOrder(
    parsed,
    values.column() as Float64Array,
    keyAt === -1 ? undefined : keys,
  ) // checked above to be numbers
  if (columns.order === 'refuse' && unordered > 0) throw notInOrder(unordered, columns.time)
  return { series, value, sourceRows: times.rows, untimed, unordered, timeOf: (row) => written[row] ?? '' }
}

function placesOf(table: Table, columns: TimeSeriesColumns) {
  const names = table.columns.map(({ name }) => name)
  const value = columns.value ?? onlyNumberColumn(table, columns)
  const [timeAt, valueAt] = [indexOf(columns.time, names), indexOf(value, names)]
  const keyAt = columns.key === undefined ? -1 : indexOf(columns.key, names)
  if (table.columns[valueAt]?.kind !== 'number') throw notNumbers(value)
  return { value, timeAt, valueAt, keyAt }
}

/** A column of a table as it grows. */
class Gathered {
  rows = 0
  readonly #numbers: Float64Array[] = []
  #texts: Array<string | null> = []
  #isText = false

  add(batch: TableBatch, at: number): void {
    const column = batch.columns[at]
    this.rows += batch.rows
    if (column?.kind === 'number') this.#numbers.push(column.values.slice(0, batch.rows))
    if (column?.kind !== 'text') return
    this.#isText = true
    for (let row = 0; row < batch.rows; row++) this.#texts.push(column.values[row] ?? null)
  }

  column(): Float64Array | ReadonlyArray<string | null> {
    if (this.#isText) return this.#texts
    const all = new Float64Array(this.rows)
    let at = 0
    for (const part of this.#numbers) {
      all.set(part, at)
      at += part.length
    }
    return all
  }
}

function onlyNumberColumn({ columns }: Table, { time, key }: TimeSeriesColumns): string {
  const numbers = columns.filter(({ kind, name }) => kind === 'number' && name !== time && name !== key)
  const [only] = numbers
  if (only !== undefined && numbers.length === 1) return only.name
  const found = numbers.map(({ name }) => name)
  throw new AnomalyDetectionError(
    only === undefined ? 'anomaly-detection/no-numeric-column' : 'anomaly-detection/invalid-options',
    only === undefined
      ? 'there is no column of numbers beside the time'
      : `which column are the values? There are ${found.join(', ')}`,
    { columns: found, ignored: [] },
  )
}

function notNumbers(column: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/no-numeric-column',
    `column '${column}' holds text; the values of a series are numbers`,
    { column },
  )
}

function notInOrder(unordered: number, column: string): AnomalyDetectionError {
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-timestamp',
    `${unordered} rows come after one of a later time in column '${column}'; sort the rows, or let them be sorted`,
    { unordered, column },
  )
}

function indexOf(name: string, names: ReadonlyArray<string>): number {
  const index = names.indexOf(name)
  if (index === -1) throw unknownColumn(name, names)
  return index
}

function textOf(column: TableColumn | undefined, row: number): string | null {
  const value = column?.values[row]
  return value === undefined || value === null || Number.isNaN(value) ? null : String(value)
}

// Rows without a key are a series of their own, under an empty key.
function inOrder(
  times: Float64Array,
  values: Float64Array,
  keys: ReadonlyArray<string | null> | undefined,
): Pick<TimeSeriesTable, 'series' | 'unordered' | 'untimed'> {
  const groups = new Map<string, number[]>()
  let untimed = 0
  for (let row = 0; row < times.length; row++) {
    if (Number.isNaN(times[row])) {
      untimed++
      continue
    }
    const key = keys === undefined ? '' : (keys[row] ?? '')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  let unordered = 0
  const series = Array.from(groups, ([key, rows]): ReadSeries => {
    let latest = -Infinity
    for (const row of rows) {
      const time = times[row] as number
      if (time < latest) unordered++
      else latest = time
    }
    const sorted = Int32Array.from(rows.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b))
    return {
      key: keys === undefined ? undefined : key,
      rows: sorted,
      times: Float64Array.from(sorted, (row) => times[row] as number),
      values: Float64Array.from(sorted, (row) => values[row] as number),
    }
  })
  return { series, unordered, untimed }
}

// Adds the line of the source to an error that knows its row.
function withLine<T>(
  starts: ReadonlyArray<{ readonly row: number; readonly lineOf: TableBatch['lineOf'] }>,
  work: () => T,
): T {
  try {
    return work()
  } catch (error) {
    const row = AnomalyDetectionError.is(error) ? error.details['row'] : undefined
    if (!AnomalyDetectionError.is(error) || typeof row !== 'number') throw error
    const start = starts.findLast((one) => one.row <= row)
    const line = start?.lineOf?.(row - start.row)
    if (line === undefined) throw error
    throw new AnomalyDetectionError(error.code, `line ${line}: ${error.message}`, { ...error.details, line }, error)
  }
}
