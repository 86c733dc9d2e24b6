// Reads a file without keeping it, and prints how fast and in how much memory:
//   node examples/measure.ts FILE [ROWS] [THREADS]    with ROWS, a CSV of ten columns of random doubles is written first
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { createFileTables } from '@nomaly/integration-files'

const [path = 'measure.csv', count = '0', threads = '1'] = process.argv.slice(2)
if (Number(count) > 0) await pipeline(Readable.from(randomCsv(Number(count))), createWriteStream(path))

const started = performance.now()
const before = process.cpuUsage()
let rows = 0
for await (const batch of (await createFileTables({ threads: Number(threads) }).open({ path })).batches)
  rows += batch.rows
const { user, system } = process.cpuUsage(before)
const megabytes = (await stat(path)).size / 1e6
console.log({
  rows,
  megabytes: Math.round(megabytes),
  cpuSeconds: (user + system) / 1e6,
  wallSeconds: Math.round(performance.now() - started) / 1000,
  megabytesPerCpuSecond: Math.round(megabytes / ((user + system) / 1e6)),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
})

function* randomCsv(lines: number): Generator<string> {
  let state = 1
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const high = state
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (high * 2 ** 21 + (state >>> 11)) / 2 ** 53
  }
  yield `${Array.from({ length: 10 }, (_, column) => `f${column}`).join(',')}\n`
  for (let line = 0; line < lines; line += 1000) {
    const block = Math.min(1000, lines - line)
    yield Array.from(
      { length: block },
      () => `${Array.from({ length: 10 }, (_, column) => random() * 4 - 2 + column).join(',')}\n`,
    ).join('')
  }
}
