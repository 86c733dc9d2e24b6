import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, LONG_JOB, longCsv, nomaly, plainEnvironment, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly afterMs: number
}

function start(args: ReadonlyArray<string>, stdin: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { env: plainEnvironment(), stdio: [stdin, 'pipe', 'pipe'] })
}

function interrupt(child: ChildProcess): Promise<Ending> {
  const sentAt = performance.now()
  child.kill('SIGINT')
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal, afterMs: performance.now() - sentAt }))
  })
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))

describe('an interrupt ends with 130', () => {
  it.each(['1', '3'])(
    'promptly in the middle of a long computation on %s threads, and leaves no file behind',
    async (threads) => {
      // scoring every row by 100,000 trees, in one long turn of the event loop, takes some twenty seconds
      const file = write('long.csv', longCsv())
      const child = start(['detect', file, ...LONG_JOB, '--threads', threads, '-o', join(folder, 'out.csv')])
      await sleep(2500)
      expect(child.exitCode).toBeNull()
      const { code, signal, afterMs } = await interrupt(child)

      expect({ code, signal }).toEqual({ code: 130, signal: null })
      expect(afterMs).toBeLessThan(1500)
      expect(readdirSync(folder)).toEqual(['long.csv'])
    },
  )

  it('in the middle of a run of an ONNX model, which a thread cannot be ended in', async () => {
    const data = join(folder, 'models')
    const file = write('wide.csv', longCsv())
    const run = (...args: ReadonlyArray<string>): Promise<unknown> => nomaly([...args, '--data', data], { cwd: folder })
    const few = write('few.csv', longCsv().split('\n').slice(0, 6000).join('\n'))
    await run('fit', few, '--model', 'slow', '--detector', 'knn')
    await run('export', 'slow', '-o', join(folder, 'slow.onnx'))
    await run('import', join(folder, 'slow.onnx'), '--model', 'twin')
    const child = start(['score', file, '--model', 'twin', '--data', data])
    await sleep(2500)
    expect(child.exitCode).toBeNull()
    const { code, signal, afterMs } = await interrupt(child)

    expect({ code, signal }).toEqual({ code: 130, signal: null })
    expect(afterMs).toBeLessThan(2000)
  })

  it('while it waits for the standard input', async () => {
    const child = start(['detect', '-'], 'pipe')
    child.stdin?.write('a,b\n1,2\n')
    await sleep(800)
    const { code, signal } = await interrupt(child)

    expect({ code, signal }).toEqual({ code: 130, signal: null })
  })

  it('while nobody takes the output, which stays unfinished', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i % 977},${(i * 7919) % 1009}`)
    const file = write('many.csv', ['a,b', ...rows].join('\n'))
    const child = start(['detect', file, '--all', '--detector', 'hbos'])
    child.stdout?.pause()
    await sleep(2500)
    expect(child.exitCode).toBeNull()
    const { code, signal } = await interrupt(child)

    expect({ code, signal }).toEqual({ code: 130, signal: null })
  })
})
