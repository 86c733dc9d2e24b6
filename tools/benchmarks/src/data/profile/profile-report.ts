import { type Column, markdownTable } from '../../markdown-table.ts'
import type { SideRun } from './side-run.ts'

/** Runs of the sides over one file. */
export interface ProfileContest {
  readonly name: string
  readonly bytes: number
  readonly sides: ReadonlyArray<{ readonly side: string; readonly runs: ReadonlyArray<SideRun> }>
}

const COLUMNS: ReadonlyArray<Column> = [
  { heading: 'input' },
  { heading: 'side' },
  { heading: 'CPU s', figures: true },
  { heading: 'wall s', figures: true },
  { heading: 'peak MB', figures: true },
  { heading: 'our CPU is', figures: true },
  { heading: 'our memory is', figures: true },
]

/** The least CPU, wall time and memory of each side, and ours as a multiple of the others'. The first side is ours. */
export function profileReport(contests: ReadonlyArray<ProfileContest>): string {
  return markdownTable(
    COLUMNS,
    contests.flatMap(({ name, bytes, sides }) => {
      const ours = sides[0] === undefined ? undefined : least(sides[0].runs)
      return sides.map(({ side, runs }, i) => {
        const { cpuSeconds, wallSeconds, peakMb } = least(runs)
        const times = (own: number | undefined, other: number): string =>
          i === 0 || own === undefined ? '' : `${(own / other).toFixed(2)} x`
        return [
          i === 0 ? `${name}, ${Math.round(bytes / 1e6)} MB` : '',
          side,
          cpuSeconds.toFixed(1),
          wallSeconds.toFixed(1),
          peakMb.toFixed(0),
          times(ours?.cpuSeconds, cpuSeconds),
          times(ours?.peakMb, peakMb),
        ]
      })
    }),
  )
}

/** @throws Error where two sides did not see the same table */
export function assertSameTable(contest: ProfileContest): void {
  const runs = contest.sides.flatMap(({ runs: all }) => all)
  const [first] = runs
  for (const { rows, check } of runs) {
    const alike =
      check === undefined ||
      first?.check === undefined ||
      Math.abs(check.mean - first.check.mean) <= 1e-9 * Math.abs(first.check.mean)
    if (rows !== first?.rows || !alike || (check !== undefined && check.nulls !== first.check?.nulls)) {
      throw new Error(`${contest.name}: the sides disagree on rows, nulls or a mean`)
    }
  }
}

function least(runs: ReadonlyArray<SideRun>): Pick<SideRun, 'cpuSeconds' | 'wallSeconds' | 'peakMb'> {
  return {
    cpuSeconds: Math.min(...runs.map(({ cpuSeconds }) => cpuSeconds)),
    wallSeconds: Math.min(...runs.map(({ wallSeconds }) => wallSeconds)),
    peakMb: Math.min(...runs.map(({ peakMb }) => peakMb)),
  }
}
