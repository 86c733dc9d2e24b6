import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, linesOf, nomaly, plainEnvironment, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

interface WatchedLine {
  readonly index: number
  readonly time?: string
  readonly key?: string
  readonly score: number
  readonly anomaly: boolean
  readonly alarm: string
  readonly drift?: { readonly features: ReadonlyArray<{ readonly feature: string }> }
}

const light = ['--detector', 'ewma'] as const

/** A wave with two spikes, and from the middle on a higher level. */
function sample(i: number): { readonly ts: string; readonly host: string; readonly v: number } {
  const spike = i % 1000 === 900 ? 9 : 0
  const level = i < 1500 ? 0 : 3
  const noise = ((i * 7919) % 1009) / 1009
  return { ts: new Date(1_700_000_000_000 + i * 1000).toISOString(), host: `h${i % 5}`, v: noise + level + spike }
}

function jsonLines(count: number, from = 0): string {
  return Array.from({ length: count }, (_, i) => `${JSON.stringify(sample(from + i))}\n`).join('')
}

function parsed(stdout: string): ReadonlyArray<WatchedLine> {
  return stdout === '' ? [] : linesOf(stdout).map((line) => JSON.parse(line) as WatchedLine)
}

interface Started {
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly ended: Promise<number | null>
}

function start(args: ReadonlyArray<string>): Started {
  const child = spawn(process.execPath, [BIN, 'watch', ...args], { env: plainEnvironment(), stdio: 'pipe' })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stdin.on('error', () => undefined) // it may have ended
  const ended = new Promise<number | null>((resolve) => void child.on('close', (code) => resolve(code)))
  return { child, stdout: () => stdout, ended }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => void setTimeout(resolve, 10))
}

const countOf = (text: string): number => text.split('\n').length - 1

describe('nomaly watch', () => {
  it('answers a line for each of a pipe: spikes as alarms, the new level as a drift', async () => {
    const { code, stdout } = await nomaly(['watch', '--value', 'v', '--time', 'ts', ...light, '--drift', 'adwin'], {
      stdin: jsonLines(3000),
    })
    const results = parsed(stdout)

    expect(code).toBe(0)
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 3000 }, (_, i) => i))
    expect(results[900]).toMatchObject({ time: sample(900).ts, anomaly: true, alarm: 'start' })
    const drifts = results.flatMap(({ drift }) => (drift === undefined ? [] : [drift]))
    expect(drifts[0]?.features[0]).toMatchObject({ feature: 'v', moved: 'mean' })
  })

  it('answers at once what comes by drips, and ends with 130 when it is interrupted', async () => {
    const { child, stdout, ended } = start(['--value', 'v', ...light])
    for (let i = 0; i < 3; i++) {
      child.stdin?.write(jsonLines(1, i))
      await until(() => countOf(stdout()) === i + 1)
    }
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(parsed(stdout())).toHaveLength(3)
  })

  it('reads CSV, shows anomalies alone, as CSV or as a table', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `"${sample(i).host}",${sample(i).v}`)
    const file = write('watch.csv', `host,v\n${rows.join('\n')}\n`)
    const csv = await nomaly(['watch', file, ...light, '--only-anomalies', '--format', 'csv'])
    expect(linesOf(csv.stdout)[0]).toBe('index,time,key,score,probability,anomaly,alarm,drift')
    expect(csv.stdout).toMatch(/\n900,,,[\d.]+,[\d.]+,1,start,/)
    const table = await nomaly(['watch', file, ...light, '--only-anomalies', '--format', 'table'])
    expect(table.stdout).toMatch(/\n {6}900 +[\d.]+ +[\d.]+ {2}▲ alarm/)
  })

  it('tells the lines it cannot read, and ends with 4; or stops at the first with 3', async () => {
    const file = write('broken.jsonl', '{"v":1}\nnot json\n\n{"v":"x"}\n{"v":2}\n')
    const skipping = await nomaly(['watch', file, '--value', 'v', ...light])
    expect([skipping.code, parsed(skipping.stdout).length]).toEqual([4, 2])
    expect(skipping.stderr).toMatch(/broken\.jsonl: line 2: this is no JSON; left out\n.*line 4: 'v' .*left out\n/)
    expect(skipping.stderr).toMatch(/2 samples scored.*2 could not be read/)
    const failing = await nomaly(['watch', file, '--value', 'v', ...light, '--on-error', 'fail'])
    expect([failing.code, linesOf(failing.stderr).length]).toEqual([3, 1])
    expect(failing.stderr).toMatch(/line 2: this is no JSON/)
  })

  it.each([
    [['--value', 'v', '--columns', 'v'], /give one of them/],
    [['--detector', 'nope'], /no stream detector 'nope'; there are: rcf, /],
    [['--lateness', '5'], /give --time/],
    [['--drift', 'nope'], /no drift detector 'nope'; there are: adwin, /],
    [['--threshold', '7', ...light], /at most at 1/],
  ])('refuses %j with 2', async (args, message) => {
    const { code, stderr } = await nomaly(['watch', ...args])
    expect(code).toBe(2)
    expect(linesOf(stderr)).toHaveLength(1)
    expect(stderr).toMatch(message)
  })

  it('is quiet when nobody reads any more', async () => {
    const { child, ended } = start(['--value', 'v', ...light])
    let stderr = ''
    child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()))
    child.stdout?.destroy()
    child.stdin?.write(jsonLines(2000))
    child.stdin?.end()
    expect([await ended, stderr]).toEqual([0, ''])
  })

  it('keeps its memory over a long pipe', async () => {
    const { child, stdout, ended } = start(['--value', 'v', ...light, '--only-anomalies'])
    const rss = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1])
    const block = jsonLines(20_000)
    const feed = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        if (child.stdin?.write(block) === false) await new Promise((resolve) => child.stdin?.once('drain', resolve))
      }
    }
    await feed(5)
    const early = existsSync('/proc/self/status') ? rss() : undefined
    await feed(15)
    if (early !== undefined) expect(rss()).toBeLessThan(early + 100_000) // kB; it would be far more with 300,000 samples kept
    child.stdin?.end()
    expect(await ended).toBe(0)
    expect(parsed(stdout()).at(-1)?.index).toBeGreaterThan(390_000)
  })
})

describe('nomaly watch --state', () => {
  const resumed = (results: ReadonlyArray<WatchedLine>): ReadonlyArray<WatchedLine> => {
    const byIndex = new Map<number, WatchedLine>()
    for (const result of results) {
      // what was told after the last save is told again, the same
      const before = byIndex.get(result.index)
      if (before !== undefined) expect(result).toEqual(before)
      byIndex.set(result.index, result)
    }
    return [...byIndex.values()].toSorted((a, b) => a.index - b.index)
  }

  it.each([
    ['one model', [...light]],
    ['entities in a store', [...light, '--key', 'host']],
    ['the default detector, retrained', ['--drift-in', 'features', '--on-drift', 'retrain']],
  ])('survives kill -9 with the same results: %s', async (name, more) => {
    const whole = write(`${name}-whole.jsonl`, jsonLines(12_000))
    const args = ['--value', 'v', '--time', 'ts', ...more]
    const expected = parsed((await nomaly(['watch', whole, ...args])).stdout)
    expect(expected).toHaveLength(12_000)

    const file = join(folder, `${name}.jsonl`)
    const keeping = [file, ...args, '--state', join(folder, `${name}.state`), '--save-every', '500']
    let told = ''
    for (const [round, killedAfter] of [1300, 40, 2600, Infinity].entries()) {
      appendFileSync(file, jsonLines(3000, round * 3000))
      const run = start(killedAfter === Infinity ? keeping : [...keeping, '--follow']) // a follower never ends by itself
      if (killedAfter !== Infinity) {
        await until(() => countOf(run.stdout()) >= killedAfter)
        run.child.kill('SIGKILL')
      }
      expect(await run.ended).toBe(killedAfter === Infinity ? 0 : null)
      const text = run.stdout()
      told += text.slice(0, text.lastIndexOf('\n') + 1) // a line cut short is told again
    }
    expect(resumed(parsed(told))).toEqual(expected)
  })

  it('goes on with what was added since, and refuses the state of another stream', async () => {
    const file = write('growing.jsonl', jsonLines(700))
    const args = ['watch', file, '--value', 'v', ...light, '--state', join(folder, 'growing.state')]
    await nomaly(args)
    appendFileSync(file, jsonLines(50, 700))
    const { stdout } = await nomaly(args)
    expect(parsed(stdout).map(({ index }) => index)).toEqual(Array.from({ length: 50 }, (_, i) => 700 + i))
    const other = await nomaly([...args, '--seed', '5'])
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/state of another stream: its seed differs/)])
    write('growing.state', '{"kind":"x"}')
    expect((await nomaly(args)).code).toBe(3)
  })

  it('is saved by an interrupt', async () => {
    const state = join(folder, 'live.state')
    const args = ['--value', 'v', ...light, '--state', state]
    const first = start(args)
    first.child.stdin?.write(jsonLines(40))
    await until(() => countOf(first.stdout()) === 40)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(130)
    const { stdout } = await nomaly(['watch', ...args], { stdin: jsonLines(10, 40) })
    const whole = parsed((await nomaly(['watch', '--value', 'v', ...light], { stdin: jsonLines(50) })).stdout)
    expect([...parsed(first.stdout()), ...parsed(stdout)]).toEqual(whole)
  })
})

it('nomaly watch --follow reads what is added, also when the file is rotated or cut', async () => {
  const file = join(folder, 'followed.jsonl')
  writeFileSync(file, jsonLines(5))
  const { child, stdout, ended } = start([file, '--value', 'v', ...light, '--follow'])
  await until(() => countOf(stdout()) === 5)
  appendFileSync(file, `{"v":1}\n{"v":`)
  appendFileSync(file, '2}\n')
  await until(() => countOf(stdout()) === 7)
  renameSync(file, `${file}.1`)
  appendFileSync(`${file}.1`, '{"v":3}\n')
  writeFileSync(file, jsonLines(4))
  await until(() => countOf(stdout()) === 12)
  truncateSync(file)
  await new Promise((resolve) => void setTimeout(resolve, 500)) // two looks at the empty file
  appendFileSync(file, '{"v":4}\n')
  await until(() => countOf(stdout()) === 13)
  child.kill('SIGINT')
  expect(await ended).toBe(130)
})
