import { type Column, markdownTable } from '../markdown-table.ts'
import type { StreamContest } from './stream-contests.ts'

/** Points per second of one contest, the best of its measurements. */
export interface StreamOutcome {
  readonly contest: StreamContest
  readonly ours: number
  /** Undefined where there is no peer; a text where it could not be measured. */
  readonly peer?: number | string | undefined
}

/** The table of speeds, and what became of the goals, as Markdown. */
export function streamReport(outcomes: ReadonlyArray<StreamOutcome>): string {
  const figures = (heading: string): Column => ({ heading, figures: true })
  return markdownTable(
    [
      { heading: 'what' },
      figures('nomaly points/s'),
      { heading: 'peer' },
      figures('peer points/s'),
      figures('times'),
      { heading: 'goal' },
    ],
    outcomes.map(({ contest, ours, peer }) => [
      contest.what,
      rounded(ours),
      contest.peer ?? '',
      typeof peer === 'number' ? rounded(peer) : (peer ?? ''),
      typeof peer === 'number' ? `${(Math.floor((10 * ours) / peer) / 10).toLocaleString('en-US')}x` : '',
      goalOf(contest, ours, peer),
    ]),
  )
}

function rounded(rate: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(rate)) - 2)
  return (Math.floor(rate / 10 ** digits) * 10 ** digits).toLocaleString('en-US')
}

function goalOf({ least, timesPeer }: StreamContest, ours: number, peer: number | string | undefined): string {
  if (timesPeer !== undefined) {
    const asked = timesPeer === 1 ? 'as fast as the peer' : `${timesPeer}x the peer`
    if (typeof peer !== 'number') return `${asked}: not measured`
    return `${asked}: ${verdict(ours >= timesPeer * peer)}`
  }
  return least === undefined ? '' : `${least.toLocaleString('en-US')}: ${verdict(ours >= least)}`
}

function verdict(met: boolean): string {
  return met ? 'met' : '**missed**'
}
