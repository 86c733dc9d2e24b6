import { markdownTable } from '../markdown-table.ts'
import type { SearchTime, SeriesSize, WriteTime } from './measure-store.ts'

/** What was measured of the store within one process. */
export interface StoreFigures {
  readonly runs: number
  readonly few: ReadonlyArray<SearchTime>
  readonly many: ReadonlyArray<SearchTime>
  readonly writes: ReadonlyArray<WriteTime>
  readonly series: SeriesSize
}

/** Milliseconds that a search may take among 1,000 runs and among all, and points a second of log_batch at least. */
const GOALS = { few: 10, many: 40, rowsPerSecond: 50_000, bytesPerPoint: 8 }

/** The tables of the store's speed and size. */
export function storeReport({ runs, few, many, writes, series }: StoreFigures): string {
  const searches = few.map(({ name, rows, ms }, index) => {
    const other = many[index]
    return [name, `${rows}`, verdict(ms, GOALS.few), `${other?.rows ?? ''}`, verdict(other?.ms ?? 0, GOALS.many)]
  })
  const calls = writes.map(({ durable, batch, rowsPerSecond, ms }) => [
    durable ? 'yes' : 'no',
    `${batch}`,
    Math.round(rowsPerSecond).toLocaleString('en'),
    ms.toFixed(3),
  ])
  const best = Math.max(...writes.filter(({ durable }) => !durable).map(({ rowsPerSecond }) => rowsPerSecond))
  const bytes = series.compacted
  return [
    `Searches for the first 100 runs with all their data; p50 in ms. Goals: ${GOALS.few} ms among 1,000, ${GOALS.many} ms among ${runs.toLocaleString('en')}.`,
    markdownTable(
      [
        { heading: 'search' },
        { heading: 'rows' },
        { heading: 'among 1,000', figures: true },
        { heading: 'rows' },
        { heading: `among ${runs.toLocaleString('en')}`, figures: true },
      ],
      searches,
    ),
    `Points written by calls one after another, each acknowledged. Goal of ${GOALS.rowsPerSecond.toLocaleString('en')} points a second: ${best >= GOALS.rowsPerSecond ? 'reached' : 'missed'}.`,
    markdownTable(
      [
        { heading: 'durable' },
        { heading: 'points a call', figures: true },
        { heading: 'points a second', figures: true },
        { heading: 'p50, ms', figures: true },
      ],
      calls,
    ),
    `A series of ${series.points.toLocaleString('en')} points, noisy in every digit, takes ${series.asRows.toFixed(1)} bytes a point as rows and ${bytes.toFixed(2)} once compacted (goal ${GOALS.bytesPerPoint}: ${bytes < GOALS.bytesPerPoint ? 'reached' : 'missed'}).`,
  ].join('\n\n')
}

function verdict(ms: number, goal: number): string {
  return `${ms.toFixed(1)}${ms < goal ? '' : ' (missed)'}`
}
