/** Measures one pipeline in this process and prints one JSON object. Started with --expose-gc. */
import { AnomalyStream } from '@nomaly/ai-anomaly-detection/streaming'

import { residentMb, timed } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { pipelines } from './pipeline-list.ts'

const ROWS = 100_000
const PRACTICE = 20_000
const TIMED = 200_000 // samples whose time is taken one by one
const STEP_MS = 60_000
const TENTHS = 10

const [id = '', samples = '1000000', seed = '1'] = process.argv.slice(2)
const pipeline = pipelines.find((one) => one.id === id)
if (pipeline === undefined) throw new Error(`there is no pipeline '${id}'`)

const stream = new AnomalyStream(pipeline.options)
const { data } = syntheticData({ rows: ROWS, columns: 1 }, Number(seed))
let row = 0
let alarms = 0

run(PRACTICE)
const latencies = Float64Array.from({ length: TIMED }, () => {
  const start = performance.now()
  take()
  return performance.now() - start
}).sort()
const megabytes: number[] = []
let seconds = 0
for (let tenth = 0; tenth < TENTHS; tenth++) {
  seconds += timed(() => run(Math.floor(Number(samples) / TENTHS))).time.cpuSeconds
  globalThis.gc?.()
  megabytes.push(residentMb())
}
console.log(
  JSON.stringify({
    pointsPerSecond: (Math.floor(Number(samples) / TENTHS) * TENTHS) / seconds,
    p99Ms: latencies[Math.floor(0.99 * TIMED)],
    mostMs: latencies.at(-1),
    residentMb: megabytes,
    alarms,
  }),
)

function run(count: number): void {
  for (let taken = 0; taken < count; taken++) take()
}

function take(): void {
  for (const { alarm } of stream.push({ value: data[row % ROWS] ?? 0, time: row * STEP_MS })) {
    if (alarm === 'start') alarms++
  }
  row++
}
