import { spawn } from 'node:child_process'

import { expect, it, vi } from 'vitest'

import { BIN, nomaly, plainEnvironment } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 120_000 })

const ROUNDS = 15
const BUDGET_MS = 80

/** User and system CPU milliseconds of a finished Node process, told by itself at its end. */
function cpuOf(args: ReadonlyArray<string>): Promise<number> {
  const report =
    "process.on('exit',()=>{const{user,system}=process.cpuUsage();require('fs').writeSync(3,String((user+system)/1000))})"
  const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from'node:module';const require=createRequire('file:///');${report}`)}`
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, ...args], {
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    let text = ''
    child.stdio[3]?.on('data', (data: Buffer) => (text += data.toString()))
    child.on('error', reject)
    child.on('close', () => resolve(Number(text)))
  })
}

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

it('shows its help for at most 80 ms of CPU more than an empty Node process', async () => {
  // CPU time, alternating and by medians, hardly moves with the load of the machine; the usual difference is near 30 ms
  const help: number[] = []
  const empty: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(await cpuOf(['-e', '0']))
    help.push(await cpuOf([BIN, '--help']))
  }
  expect(median(empty)).toBeGreaterThan(1)
  expect(median(help) - median(empty)).toBeLessThan(BUDGET_MS)
})

it('loads nothing heavy for its help: of other packages only commander and the texts of the commands', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(
    "import{registerHooks}from'node:module';import{writeSync}from'node:fs';registerHooks({load(url,context,next){if(url.startsWith('file:'))writeSync(2,url+'\\n');return next(url,context)}})",
  )}`
  const { stderr } = await nomaly(['--help'], { env: { NODE_OPTIONS: `--import="${preload}"` } })
  const loaded = stderr.trim().split('\n')

  expect(loaded.length).toBeGreaterThan(3)
  expect(loaded.filter((url) => /\/(zod|inversify|papaparse|hyparquet|integrations\/files)\//.test(url))).toEqual([])
})
