import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }
import { NAB_PROFILES, nabScore, type NabSeries, volumeUnderSurface } from '@nomaly/ai-anomaly-detection/time-series'
import { hasReferenceData } from '@nomaly/tool-laws'

import { writeReport } from '../benchmarks-page.ts'
import { runNote } from '../run-note.ts'
import { timed } from '../speed/process-meter.ts'
import type { NabCommand } from '../stream/stream-commands.ts'
import { type NabContest, nabContests } from './nab-contests.ts'
import { type NabFile, nabCorpus } from './nab-corpus.ts'
import { type NabOutcome, nabReport, type NabRun } from './nab-report.ts'
import { thresholdSpread } from './threshold-spread.ts'

/** Scores every configuration on the open files of NAB, prints the table and writes it. */
export function benchNab(command: NabCommand, args: ReadonlyArray<string>): void {
  if (!hasReferenceData) throw new Error('NAB is not there: put it in ../shared/data/nab, or set NOMALY_REFERENCE')
  const corpus = nabCorpus()
  const outcomes: NabOutcome[] = nabContests(command.seeds).map((contest) => {
    console.error(contest.name)
    return { name: contest.name, runs: contest.seeds.map((seed) => runOf(contest, corpus, seed)) }
  })
  const note = runNote(args, { [manifest.name]: manifest.version, Node: process.versions.node })
  const report = `${note}\n\n${nabReport(outcomes)}`
  console.log(report)
  if (command.write) writeReport('nab', report)
}

function runOf(contest: NabContest, corpus: ReadonlyArray<NabFile>, seed: number): NabRun {
  const { result: scores, time } = timed(() => corpus.map((file) => contest.scores(file, seed)))
  const labelled = corpus.flatMap((file, place) => (file.windows.length === 0 ? [] : [{ file, scores: scores[place] }]))
  const volumes = labelled.map(
    ({ file, scores: own = new Float64Array() }) => volumeUnderSurface(own, file.labels, file.buffer).vusPr,
  )
  const points = corpus.reduce((sum, { values }) => sum + values.length, 0)
  const measured = {
    vusPr: volumes.reduce((sum, volume) => sum + volume, 0) / volumes.length,
    pointsPerSecond: points / time.cpuSeconds,
  }
  if (!contest.causal) return measured
  const series: NabSeries[] = corpus.map(({ windows }, place) => ({
    scores: scores[place] ?? new Float64Array(),
    windows,
  }))
  const { standard, 'reward-low-fp': lowFp, 'reward-low-fn': lowFn } = NAB_PROFILES
  const [usual = 0, fewAlarms = 0, fewMisses = 0] = [standard, lowFp, lowFn].map(
    (profile) => nabScore(series, profile).score,
  )
  const categories = corpus.map(({ category }) => category)
  return {
    ...measured,
    nab: [usual, fewAlarms, fewMisses],
    spread: contest.withSpread && thresholdSpread(series, categories, randomOf(seed)),
  }
}

function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
