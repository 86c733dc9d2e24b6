import { type Dataset, EvaluateDetectors, datasetOf } from '@nomaly/ai-anomaly-detection'
import { createWorkerThreads, processClock } from '@nomaly/ai-anomaly-detection/node'
import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }

import { writeReport } from '../benchmarks-page.ts'
import type { ThreadsCommand } from '../command-line.ts'
import { runNote } from '../run-note.ts'
import { othersBusySince } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { type ThreadContest, threadContests } from './thread-contests.ts'
import { type Pair, type ThreadOutcome, type ThreadTimes, threadsReport } from './threads-report.ts'

/** Times fit and score of every detector on one thread and on several, in turn, and tells what is saved. */
export async function compareThreads(command: ThreadsCommand, args: ReadonlyArray<string>): Promise<void> {
  const pool = createWorkerThreads({ threads: command.threads })
  try {
    const outcomes: ThreadOutcome[] = []
    for (const contest of threadContests) {
      if (command.detectors !== undefined && !command.detectors.includes(contest.detector)) continue
      console.error(`${contest.detector}, ${contest.size.rows} rows`)
      outcomes.push(await outcomeOf(contest, command, pool))
    }
    const versions = { [manifest.name]: manifest.version, Node: process.versions.node }
    const note = runNote(args, versions)
    const report = `${note}\n\n${threadsReport(outcomes, command.threads)}`
    console.log(report)
    if (command.write) writeReport('threads', report)
  } finally {
    await pool.close()
  }
}

const PRACTICE_MS = 2000
const CALM_CORES = 0.1
const MOST_PAIRS = 2 // for each that is asked for

type Pool = ReturnType<typeof createWorkerThreads>

async function outcomeOf(contest: ThreadContest, command: ThreadsCommand, pool: Pool): Promise<ThreadOutcome> {
  const { labels, dataset } = sharedDataset(contest, command.seed)
  const timesOn = async (threads: Pool | undefined): Promise<ThreadTimes> => {
    const options = { detectors: [contest.detector], seed: command.seed }
    const evaluate = new EvaluateDetectors({ clock: processClock, pool: threads })
    const [times] = await evaluate.execute(dataset, labels, options)
    if (times === undefined) throw new Error(`${contest.detector} was not evaluated`)
    return times
  }
  // threads start, and the compiler of each sees the code
  for (const start = performance.now(); performance.now() - start < PRACTICE_MS;) {
    for (const threads of [undefined, pool]) await timesOn(threads)
  }
  // Threads save no wall time where others take the cores: the least disturbed pairs count.
  const pairs: Pair[] = []
  const calm = (): ReadonlyArray<Pair> => pairs.filter(({ othersBusy }) => othersBusy <= CALM_CORES)
  while (calm().length < command.repetitions && pairs.length < command.repetitions * MOST_PAIRS) {
    const busy = othersBusySince()
    const [alone, together] = [await timesOn(undefined), await timesOn(pool)]
    pairs.push({ alone, together, othersBusy: busy() })
  }
  const best = pairs.sort((one, other) => one.othersBusy - other.othersBusy).slice(0, command.repetitions)
  return { contest, pairs: best }
}

// In shared memory, as the command line reads files.
function sharedDataset(
  { size }: ThreadContest,
  seed: number,
): { readonly dataset: Dataset; readonly labels: Uint8Array } {
  const { data, labels } = syntheticData(size, seed)
  const shared = new Float64Array(new SharedArrayBuffer(data.byteLength))
  shared.set(data)
  const features = Array.from({ length: size.columns }, (_, column) => `c${column}`)
  return { dataset: datasetOf({ data: shared, ...size }, { features }), labels }
}
