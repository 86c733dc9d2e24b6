import { join } from 'node:path'

import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }
import { z } from 'zod'

import { writeReport } from '../benchmarks-page.ts'
import { ended, outputOf } from '../child-process.ts'
import { pythonOf } from '../data/python-of.ts'
import { runNote } from '../run-note.ts'
import { othersBusySince } from '../speed/process-meter.ts'
import { watchPipelines } from './pipelines.ts'
import type { StreamCommand } from './stream-commands.ts'
import { type StreamContest, streamContests } from './stream-contests.ts'
import { type StreamOutcome, streamReport } from './stream-report.ts'

const peers = join(import.meta.dirname, '../../peers/stream')

const measured = z.object({
  pointsPerSecond: z.number().positive(),
  versions: z.record(z.string(), z.string()).default({}),
})

/** Measures every contest, ours and the peer in turn, each in its own process; prints the tables and writes them. */
export async function benchStream(command: StreamCommand, args: ReadonlyArray<string>): Promise<void> {
  const python = command.peers ? await pythonOf(join(peers, 'requirements.txt')) : undefined
  const versions: Record<string, string> = { [manifest.name]: manifest.version, Node: process.versions.node }
  const busy = othersBusySince()
  const outcomes: StreamOutcome[] = []
  for (const contest of streamContests) {
    console.error(contest.what)
    outcomes.push(await outcomeOf(contest, command, python, versions))
  }
  const pipelines = await watchPipelines(command.samples, command.seed)
  const how =
    `One thread, CPU time, ${command.repetitions} measurements of ${command.seconds} s a side in turn, the best counts. ` +
    `Other work kept ${busy().toFixed(1)} cores busy meanwhile.`
  const report = `${runNote(args, versions)}\n${how}\n\n${streamReport(outcomes)}\n\n${pipelines}`
  console.log(report)
  if (command.write) writeReport('stream', report)
}

async function outcomeOf(
  contest: StreamContest,
  command: StreamCommand,
  python: string | undefined,
  versions: Record<string, string>,
): Promise<StreamOutcome> {
  const order = [contest.id, String(command.seconds), String(command.seed)]
  let ours = 0
  let peer: number | string | undefined
  for (let repetition = 0; repetition < command.repetitions; repetition++) {
    const own = await outputOf(process.execPath, [join(import.meta.dirname, 'measure-ours.ts'), ...order])
    ours = Math.max(ours, measured.parse(JSON.parse(own)).pointsPerSecond)
    if (contest.peer === undefined || python === undefined || typeof peer === 'string') continue
    peer = await peerRate(python, contest, command, versions, peer ?? 0)
  }
  return { contest, ours, peer }
}

async function peerRate(
  python: string,
  { id }: StreamContest,
  { seconds, seed }: StreamCommand,
  versions: Record<string, string>,
  best: number,
): Promise<number | string> {
  const script = join(peers, 'measure.py')
  const { code, stdout, stderr } = await ended(python, [script, id, '--seconds', `${seconds}`, '--seed', `${seed}`])
  const last = stdout.trim().split('\n').at(-1) ?? ''
  if (code !== 0) {
    console.error(stderr.trim().split('\n').slice(-3).join('\n'))
    return 'failed'
  }
  const { pointsPerSecond, versions: theirs } = measured.parse(JSON.parse(last))
  Object.assign(versions, theirs)
  return Math.max(best, pointsPerSecond)
}
