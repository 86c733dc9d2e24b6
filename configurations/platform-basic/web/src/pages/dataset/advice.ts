import type { Dataset, Row } from '../../api/types.ts'

/** What a look at some rows suggests to look at. */
export interface Advice {
  /** Columns of measurements. */
  readonly measured: ReadonlyArray<string>
  /** Columns of numbers that are better left out, each with the reason. */
  readonly leftOut: ReadonlyArray<{ readonly name: string; readonly why: string }>
  /** Columns that say when. */
  readonly times: ReadonlyArray<string>
  /** Columns that say what a row is about, such as the pump. */
  readonly keys: ReadonlyArray<string>
  /** Whether points of time come several times, so that there must be several series. */
  readonly isManySeries: boolean
}

const TIME_NAMES =
  /(^|[_\W])(time|date|datetime|timestamp|ts|when|day|hour|month)([_\W]|$)|(time|date|stamp)$|[a-z](At|Time|Date)$/i
const ID_NAMES = /^(|id|index|idx|row|row_?(id|number)|no|nr|#|unnamed: ?0|.*_id|.*Id|uuid)$/
const LABEL_NAMES = /^(label|labels|target|class|outlier|is_?outlier|anomaly|is_?anomaly|fraud|y)$/i
const MOST_KEYS = 200
// A date and perhaps a time in ISO 8601, as the API takes it.
const TIME = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]+\d{1,2}:\d{2}.*)?$/
// From 1990 to 2100 in seconds, milliseconds, micro- or nanoseconds since 1970.
const [EARLIEST, LATEST] = [Date.UTC(1990, 0) / 1000, Date.UTC(2100, 0) / 1000]

/** Looks at some rows of a data set. */
export function adviceOf({ columns }: Pick<Dataset, 'columns'>, rows: ReadonlyArray<Row>): Advice {
  const cells = new Map(columns.map(({ name }) => [name, rows.map((row) => row[name] ?? null)]))
  const cellsOf = (name: string): ReadonlyArray<number | string | null> => cells.get(name) ?? []
  const times = columns.filter(({ name, kind }) => isTime(name, kind, cellsOf(name))).map(({ name }) => name)
  const numbers = columns.filter(({ name, kind }) => kind === 'number' && !times.includes(name))
  const leftOut = numbers.flatMap(({ name }) => {
    const why = reasonAgainst(name, cellsOf(name))
    return why === undefined ? [] : [{ name, why }]
  })
  const measured = numbers.map(({ name }) => name).filter((name) => leftOut.every((one) => one.name !== name))
  const others = columns.filter(({ name, kind }) => !times.includes(name) && (kind === 'text' || ID_NAMES.test(name)))
  const keys = others.filter(({ name }) => isKey(cellsOf(name))).map(({ name }) => name)
  const [time] = times
  const known = time === undefined ? [] : cellsOf(time).filter((cell) => cell !== null)
  return { measured, leftOut, times, keys, isManySeries: new Set(known).size < known.length * 0.9 }
}

/** The times come first, as the points of a cycle would hide in a table of rows. Undefined where nothing can be seen in it over time. */
export function seriesOf(
  { measured, times, keys, isManySeries }: Advice,
  rows: number,
): { readonly time: string; readonly value: string; readonly key: string } | undefined {
  const [time, value] = [times[0], measured[0]]
  const key = isManySeries ? (keys[0] ?? '') : ''
  if (time === undefined || value === undefined || rows < LEAST_POINTS) return undefined
  return isManySeries && key === '' ? undefined : { time, value, key }
}

const LEAST_POINTS = 30

function isTime(name: string, kind: 'number' | 'text', cells: ReadonlyArray<number | string | null>): boolean {
  const known = cells.filter((cell) => cell !== null)
  if (known.length === 0) return false
  if (kind === 'text') return known.every((cell) => TIME.test(String(cell)))
  const isEpoch = (unit: number): boolean =>
    known.every((cell) => Number(cell) >= EARLIEST * unit && Number(cell) < LATEST * unit)
  return TIME_NAMES.test(name) && [1, 1e3, 1e6, 1e9].some(isEpoch)
}

function isKey(cells: ReadonlyArray<number | string | null>): boolean {
  const known = cells.filter((cell) => cell !== null)
  const different = new Set(known).size
  return different > 1 && different <= MOST_KEYS && different <= known.length / 3
}

function reasonAgainst(name: string, cells: ReadonlyArray<number | string | null>): string | undefined {
  const known = cells.filter((cell) => typeof cell === 'number')
  const different = new Set(known).size
  if (known.length === 0) return 'has no value in the rows looked at'
  if (different === 1 && cells.length > 1) return `is always ${known[0]}`
  if (known.length < cells.length / 2) return 'is missing in most rows'
  if (LABEL_NAMES.test(name) && different <= 2) return 'seems to say which rows are anomalies'
  if (ID_NAMES.test(name)) return 'names rows, and measures nothing'
  if (known.length > 5 && counts(known)) return 'only counts the rows'
  return undefined
}

// 1, 2, 3 ...: by whole numbers that rise by 1, seen in pieces from several places
function counts(values: ReadonlyArray<number>): boolean {
  let breaks = 0
  for (let at = 1; at < values.length; at++) {
    const step = (values[at] ?? 0) - (values[at - 1] ?? 0)
    if (step <= 0 || !Number.isInteger(values[at])) return false
    if (step !== 1) breaks++
  }
  return breaks <= 3
}
