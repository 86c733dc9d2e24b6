import { numberOf } from '../cell-number.ts'
import { isNumeric, isTime, type TableSample } from '../cell.ts'
import type { TimeSeries } from '../profile.ts'
import { augmentedDickeyFuller } from './augmented-dickey-fuller.ts'
import { seasonOf } from './autocorrelation.ts'

const FEWEST_ROWS = 20
/** Below this share of different times a table holds many series at once, or none. */
const DIFFERENT_SHARE = 0.95

/**
 * The numeric columns as series along the first column of times that tells (nearly) all rows apart. Undefined where the sample
 * is not the whole table, for its gaps would look like the table's.
 */
export function timeSeriesOf(sample: TableSample): TimeSeries | undefined {
  if (!sample.complete || sample.rows < FEWEST_ROWS) return undefined
  const time = sample.columns.find(({ kind, values }) => isTime(kind) && tellsApart(values.map(numberOf)))
  if (time === undefined) return undefined
  const times = time.values.map(numberOf)
  const order = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const series = sample.columns
    .filter(({ kind }) => isNumeric(kind))
    .map(({ name, values }) => ({
      name,
      values: order.map((row) => numberOf(values[row] ?? null)).filter(Number.isFinite),
    }))
    .filter(({ values }) => values.length >= FEWEST_ROWS)
    .map(({ name, values }) => {
      const season = seasonOf(values)
      const unitRoot = augmentedDickeyFuller(values)
      return { column: name, rows: values.length, season: season ?? null, unitRoot: unitRoot ?? null }
    })
  return { time: time.name, series }
}

function tellsApart(times: ReadonlyArray<number>): boolean {
  return times.every((time) => !Number.isNaN(time)) && new Set(times).size >= DIFFERENT_SHARE * times.length
}
