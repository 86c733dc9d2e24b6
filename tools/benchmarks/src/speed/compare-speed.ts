import { detectorIds } from '@nomaly/ai-anomaly-detection'

import { writeReport } from '../benchmarks-page.ts'
import type { SpeedCommand } from '../command-line.ts'
import { median } from '../median.ts'
import { pythonWithPeers } from '../python-environment.ts'
import { runNote } from '../run-note.ts'
import { sizeName } from '../size.ts'
import { contests, reasonToLeaveOut } from './contests.ts'
import { type Outcome, runContest } from './run-contests.ts'
import { speedReport } from './speed-report.ts'

/** Runs all contests asked for, prints the tables and writes them. @returns whether every measurement succeeded */
export async function compareSpeed(command: SpeedCommand, args: ReadonlyArray<string>): Promise<boolean> {
  const leftOut = notInTheRace(command.detectors)
  const python = await pythonWithPeers()
  const outcomes: Outcome[] = []
  const chosen = contests.filter(({ detector }) => isChosen(detector, command.detectors))
  for (const size of command.sizes) {
    for (const contest of chosen) {
      const reason = reasonToLeaveOut(contest, size, command.all)
      if (reason) leftOut.push(`${contest.detector} at ${sizeName(size)} against ${contest.against}: ${reason}`)
      else outcomes.push(await runContest(contest, size, { ...command, python }))
    }
  }
  const note = `${runNote(args, versionsOf(outcomes))}\n${howMeasured(command, outcomes)}`
  const report = `${note}\n\n${speedReport(outcomes, leftOut)}`
  console.log(report)
  if (command.write) writeReport('speed', report)
  return outcomes.every(({ kind }) => kind === 'measured')
}

function isChosen(detector: string, chosen: ReadonlyArray<string> | undefined): boolean {
  return isOurs(detector) && (chosen?.includes(detector) ?? true)
}

function isOurs(detector: string): boolean {
  return detectorIds.some((id) => id === detector)
}

function notInTheRace(chosen: ReadonlyArray<string> | undefined): string[] {
  const known = new Set(contests.map(({ detector }) => detector))
  const wanted = chosen ?? [...new Set([...known, ...detectorIds])]
  return wanted.flatMap((detector) => {
    if (!isOurs(detector)) return [`${detector}: the package has no such detector`]
    return known.has(detector) ? [] : [`${detector}: no peer is set up for it`]
  })
}

function versionsOf(outcomes: ReadonlyArray<Outcome>): Readonly<Record<string, string>> {
  const first = outcomes.find((outcome) => outcome.kind === 'measured')
  return { ...first?.ours[0]?.versions, ...first?.peer[0]?.versions }
}

function howMeasured({ repetitions }: SpeedCommand, outcomes: ReadonlyArray<Outcome>): string {
  const others = outcomes
    .flatMap((outcome) => (outcome.kind === 'measured' ? [...outcome.ours, ...outcome.peer] : []))
    .flatMap(({ othersBusyCores }) => othersBusyCores ?? [])
  const rounds = `One thread a side, ${repetitions} ${repetitions === 1 ? 'process' : 'processes'} a side in turn (what takes minutes: 1), medians.`
  if (others.length === 0) return rounds
  const [usual, most] = [median(others), Math.max(...others)].map((cores) => cores.toFixed(1))
  return `${rounds} Other work kept ${usual} cores busy meanwhile (median; at most ${most}).`
}
