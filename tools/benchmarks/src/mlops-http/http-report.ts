import { markdownTable } from '../markdown-table.ts'
import { searches, type ServerFigures } from './measure-server.ts'

/** What was measured of both servers in one run. */
export interface HttpFigures {
  readonly ours: ServerFigures
  readonly theirs: ServerFigures
  readonly found: ReadonlyArray<SearchFigures>
}

/** The middle times of the searches among so many runs, milliseconds. */
export interface SearchFigures {
  readonly runs: number
  /** Milliseconds that a search of ours may take. */
  readonly goal: number
  readonly ours: ReadonlyArray<number>
  readonly theirs: ReadonlyArray<number>
}

/** Both servers beside each other, each figure with its goal. */
export function httpReport({ ours, theirs, found }: HttpFigures): string {
  const rate = (figures: ServerFigures): string => Math.round(figures.rowsPerSecond).toLocaleString('en')
  const rows = [
    row(
      'log_metric, p50 ms',
      ours.logMetricMs,
      theirs.logMetricMs,
      'below 1/5 of MLflow',
      ours.logMetricMs * 5 < theirs.logMetricMs,
    ),
    [
      'log_batch of 1,000, points a second',
      rate(ours),
      rate(theirs),
      '50,000 and 5 x MLflow',
      verdict(ours.rowsPerSecond >= 50_000 && ours.rowsPerSecond >= 5 * theirs.rowsPerSecond),
    ],
    ...found.flatMap(({ runs, goal, ours: mine, theirs: their }) =>
      searches.map(({ name }, i) => {
        const title = `search among ${runs.toLocaleString('en')}: ${name}, p50 ms`
        return row(title, mine[i] ?? 0, their[i] ?? 0, `below ${goal} ms`, (mine[i] ?? 0) < goal)
      }),
    ),
    row('start to first answer, ms', ours.startMs, theirs.startMs, 'below 300 ms', ours.startMs < 300),
    [
      `20 clients, calls a second`,
      perSecond(ours),
      perSecond(theirs),
      'no error, nothing lost',
      verdict(ours.clients.errors === 0 && ours.clients.lost === 0),
    ],
    row('20 clients, log_metric p50 ms', ours.clients.p50Ms, theirs.clients.p50Ms, '', true),
    [
      '20 clients, errors / points lost',
      troubles(ours),
      troubles(theirs),
      '0 / 0',
      verdict(troubles(ours) === '0 / 0'),
    ],
  ]
  const columns = [
    { heading: 'over HTTP, on SQLite' },
    { heading: 'ours', figures: true },
    { heading: 'MLflow', figures: true },
    { heading: 'goal' },
    { heading: '' },
  ]
  return markdownTable(columns, rows)
}

const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'missed')
const perSecond = ({ clients }: ServerFigures): string =>
  Math.round(clients.calls / clients.seconds).toLocaleString('en')
const troubles = ({ clients }: ServerFigures): string => `${clients.errors} / ${clients.lost}`

function row(title: string, ours: number, theirs: number, goal: string, isReached: boolean): ReadonlyArray<string> {
  const shown = (ms: number): string => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0))
  return [title, shown(ours), shown(theirs), goal, goal === '' ? '' : verdict(isReached)]
}
