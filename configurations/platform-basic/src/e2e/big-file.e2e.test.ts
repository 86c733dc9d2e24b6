import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

import { afterAll, expect, it } from 'vitest'

import { BIN, linesOf, plainEnvironment, scratch } from './spawn-nomaly.ts'

const { folder, remove } = scratch()
afterAll(remove)

const COLUMNS = 10
const FILE_BYTES = 2 ** 30
const MB = 2 ** 20

// Writes and reads 1 GB, which takes minutes: run with NOMALY_BIG=1.
it.runIf(process.env['NOMALY_BIG'] === '1')(
  'reads a 1 GB CSV within four times the memory of its matrix',
  { timeout: 1_800_000 },
  async () => {
    const file = join(folder, 'big.csv')
    const rows = await writeBigCsv(file)
    const matrixMb = (rows * COLUMNS * 8) / MB
    for (const detector of ['iforest', 'ecod', 'hbos', 'pca']) {
      const startedAt = performance.now()
      const { code, stdout, stderr, peakMb } = await measured(['detect', file, '--top', '5', '--detector', detector])
      const seconds = (performance.now() - startedAt) / 1000

      process.stderr.write(
        `1 GB, ${detector}: ${rows} rows, matrix ${matrixMb.toFixed(0)} MB, peak ${peakMb.toFixed(0)} MB ` +
          `(${(peakMb / matrixMb).toFixed(2)}x), ${seconds.toFixed(1)} s\n`,
      )
      expect(stderr).toBe('')
      expect(linesOf(stdout)).toHaveLength(6)
      expect(code).toBe(0)
      expect(peakMb).toBeLessThan(4 * matrixMb)
    }
  },
)

async function writeBigCsv(path: string): Promise<number> {
  const stream = createWriteStream(path)
  let state = 1
  const next = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state / 0x7fffffff).toFixed(6)
  }
  stream.write(`${Array.from({ length: COLUMNS }, (_, i) => `c${i}`).join(',')}\n`)
  let bytes = 0
  let rows = 0
  while (bytes < FILE_BYTES) {
    let block = ''
    for (let i = 0; i < 5000; i++) block += `${Array.from({ length: COLUMNS }, next).join(',')}\n`
    rows += 5000
    bytes += block.length
    if (!stream.write(block)) await once(stream, 'drain')
  }
  stream.end()
  await finished(stream)
  expect(statSync(path).size).toBeGreaterThanOrEqual(FILE_BYTES)
  return rows
}

// The process itself tells, at its end, the most memory that it ever had.
function measured(args: ReadonlyArray<string>): Promise<{
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly peakMb: number
}> {
  const report = `import{writeSync}from'node:fs';import{isMainThread}from'node:worker_threads';
    if(isMainThread)process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))`
  const preload = `data:text/javascript,${encodeURIComponent(report)}`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, BIN, ...args], {
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const texts = ['', '', '', '']
    child.stdio.forEach((stream, i) => stream?.on('data', (data: Buffer) => (texts[i] += data.toString())))
    child.on('error', reject)
    child.on('close', (code) => {
      const [, stdout = '', stderr = '', kilobytes = ''] = texts
      resolve({ code, stdout, stderr, peakMb: Number(kilobytes) / 1024 })
    })
  })
}
