import { type Column, markdownTable } from '../markdown-table.ts'
import { median } from '../median.ts'
import { sizeName } from '../size.ts'
import { LEAST_GAIN, type ThreadContest } from './thread-contests.ts'

/** What one evaluation took; CPU times are of all threads together, null where nobody counts them. */
export interface ThreadTimes {
  readonly fitMs: number
  readonly fitCpuMs: number | null
  readonly scoreMs: number
  readonly scoreCpuMs: number | null
}

/** An evaluation on one thread and one on several, one after the other. */
export interface Pair {
  readonly alone: ThreadTimes
  readonly together: ThreadTimes
  /** Cores that others kept busy meanwhile. */
  readonly othersBusy: number
}

/** The evaluations of one detector. */
export interface ThreadOutcome {
  readonly contest: ThreadContest
  readonly pairs: ReadonlyArray<Pair>
}

/** The table of wall times, and what became of the goal, as Markdown. */
export function threadsReport(outcomes: ReadonlyArray<ThreadOutcome>, threads: number): string {
  const figures = (heading: string): Column => ({ heading, figures: true })
  const table = markdownTable(
    [
      ...['size', 'detector', 'step'].map((heading) => ({ heading })),
      ...['one thread ms', `${threads} threads ms`, 'gain', 'CPU time grows by', 'others busy'].map(figures),
      { heading: `goal (${LEAST_GAIN}x on two)` },
    ],
    outcomes.flatMap((outcome) => [
      ...(outcome.contest.fitsInParts ? [lineOf(outcome, 'fit', threads)] : []),
      lineOf(outcome, 'score', threads),
    ]),
  )
  const runs = outcomes[0]?.pairs.length ?? 0
  return `${runs} runs each way in turn, medians, data in shared memory.\n\n${table}`
}

function lineOf({ contest, pairs }: ThreadOutcome, step: 'fit' | 'score', threads: number): string[] {
  const wall = (way: 'alone' | 'together'): number => median(pairs.map((pair) => pair[way][`${step}Ms`]))
  const cpu = (way: 'alone' | 'together'): number => median(pairs.map((pair) => pair[way][`${step}CpuMs`] ?? 0))
  const gain = wall('alone') / wall('together')
  const othersBusy = Math.max(...pairs.map((pair) => pair.othersBusy))
  return [
    sizeName(contest.size),
    contest.detector,
    step,
    wall('alone').toFixed(0),
    wall('together').toFixed(0),
    `${(Math.floor(gain * 100) / 100).toFixed(2)}x`,
    `${Math.round((cpu('together') / cpu('alone') - 1) * 100)} %`,
    othersBusy.toFixed(2),
    threads === 2 ? verdictOf(gain, othersBusy) : '',
  ]
}

const MOST_OTHERS_BUSY = 0.3 // cores: beyond, a gain that is too small says nothing

function verdictOf(gain: number, othersBusy: number): string {
  if (gain >= LEAST_GAIN) return 'met'
  return othersBusy > MOST_OTHERS_BUSY ? 'not measured: others took a core' : '**missed**'
}
