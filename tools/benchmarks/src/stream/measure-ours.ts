/** Measures one contest in this process and prints one JSON object; the peers' side is peers/stream/measure.py. */
import { streamDriftDetectors } from '@nomaly/ai-anomaly-detection/drift'
import { streamDetectors } from '@nomaly/ai-anomaly-detection/streaming'
import { LeftMatrixProfile, matrixProfile } from '@nomaly/ai-anomaly-detection/time-series'

import { timed } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { type StreamContest, streamContests, type StreamWork } from './stream-contests.ts'

const ROWS = 40_000
const PRACTICE = 5000 // samples that stay out of the time: the compiler sees the code, windows fill
const ROUND = 256 // samples between two looks at the clock
const STEP_MS = 60_000

const [id = '', seconds = '5', seed = '1'] = process.argv.slice(2)
const contest = streamContests.find((one) => one.id === id)
if (contest === undefined) throw new Error(`there is no contest '${id}'`)
console.log(JSON.stringify({ pointsPerSecond: rateOf(contest, Number(seconds), Number(seed)) }))

function rateOf({ columns, ours }: StreamContest, least: number, seedOfData: number): number {
  if (ours.kind === 'matrix-profile') return profileRate(seedOfData)
  const { data } = syntheticData({ rows: ROWS, columns }, seedOfData)
  const take = takerOf(ours, columns)
  const samples = Array.from({ length: ROWS }, (_, row) => data.subarray(row * columns, (row + 1) * columns))
  let row = 0
  const some = (count: number): void => {
    for (let taken = 0; taken < count; taken++) {
      take(samples[row % ROWS] ?? new Float64Array(columns), row * STEP_MS)
      row++
    }
  }
  some(PRACTICE)
  const start = process.cpuUsage()
  let [count, spent] = [0, 0]
  while (spent < least) {
    some(ROUND)
    count += ROUND
    const { user, system } = process.cpuUsage(start)
    spent = (user + system) / 1e6
  }
  return count / spent
}

function takerOf(work: StreamWork, columns: number): (sample: Float64Array, time: number) => unknown {
  const context = { columns, seed: 1 }
  switch (work.kind) {
    case 'detector': {
      const detector = streamDetectors.create(work.id, work.parameters, context)
      return (sample, time) => detector.scoreThenLearn(sample, time)
    }
    case 'drift': {
      const detector = streamDriftDetectors.create(work.id, work.parameters, context)
      return (sample) => detector.update(sample[0] ?? 0)
    }
    case 'left-profile': {
      const profile = new LeftMatrixProfile({ length: 100, history: 5000, warmUp: 400 })
      return (sample) => profile.scoreThenLearn(sample)
    }
    case 'matrix-profile':
      throw new Error('a matrix profile takes a whole series, not samples')
  }
}

function profileRate(seedOfData: number): number {
  const { data } = syntheticData({ rows: 20_000, columns: 1 }, seedOfData)
  matrixProfile(data.subarray(0, 2000), 100)
  return data.length / timed(() => matrixProfile(data, 100)).time.cpuSeconds
}
