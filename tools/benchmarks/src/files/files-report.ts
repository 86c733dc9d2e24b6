import { markdownTable } from '../markdown-table.ts'
import { median } from '../median.ts'
import type { Size } from '../size.ts'
import type { FileRun } from './run-side.ts'

/** The runs of both sides over one file. */
export interface FileContest {
  readonly name: string
  readonly bytes: number
  readonly ours: ReadonlyArray<FileRun>
  readonly peer: ReadonlyArray<FileRun>
}

const LEAST_RATIO = 3 // of wall times, the peer's to ours
const MOST_MEMORY = 0.5 // of the peer's peak

/** The table of times and memory, and what became of the goals, as Markdown. */
export function filesReport({ rows, columns }: Size, contests: ReadonlyArray<FileContest>): string {
  const heading = (text: string) => ({ heading: text, figures: true })
  const table = markdownTable(
    [
      { heading: `${rows}x${columns} as` },
      ...['MB', 'ours s', 'peer s', 'wall ratio', 'ours CPU s', 'peer CPU s', 'CPU ratio'].map(heading),
      ...['ours peak MB', 'peer peak MB', 'memory'].map(heading),
      { heading: 'goals (wall 3x, memory 0.5)' },
    ],
    contests.map(lineOf),
  )
  const runs = contests[0]?.ours.length ?? 0
  return `${runs} ${runs === 1 ? 'run' : 'runs'} a side in turn, medians, each from the start of its process to its end.\n\n${table}`
}

function lineOf({ name, bytes, ours, peer }: FileContest): ReadonlyArray<string> {
  const of = (runs: ReadonlyArray<FileRun>, pick: (run: FileRun) => number): number => median(runs.map(pick))
  const [wall, peerWall] = [of(ours, (run) => run.wallSeconds), of(peer, (run) => run.wallSeconds)]
  const [cpu, peerCpu] = [of(ours, (run) => run.cpuSeconds), of(peer, (run) => run.cpuSeconds)]
  const [peak, peerPeak] = [of(ours, (run) => run.peakMb), of(peer, (run) => run.peakMb)]
  const verdicts = [peerWall / wall >= LEAST_RATIO, peak / peerPeak <= MOST_MEMORY]
  return [
    name,
    (bytes / 1e6).toFixed(0),
    ...[wall, peerWall].map((seconds) => seconds.toFixed(1)),
    `${(Math.floor((peerWall / wall) * 100) / 100).toFixed(2)}x`,
    ...[cpu, peerCpu].map((seconds) => seconds.toFixed(1)),
    `${(Math.floor((peerCpu / cpu) * 100) / 100).toFixed(2)}x`,
    ...[peak, peerPeak].map((megabytes) => megabytes.toFixed(0)),
    (Math.ceil((peak / peerPeak) * 100) / 100).toFixed(2),
    verdicts.map((isMet) => (isMet ? 'met' : '**missed**')).join(', '),
  ]
}
