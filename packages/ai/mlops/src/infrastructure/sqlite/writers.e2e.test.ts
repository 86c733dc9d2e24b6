import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { type MlopsStore, openMlopsStore } from '../open-mlops-store.ts'
import { nodeSqliteDriver } from './node-sqlite-driver.ts'

const KILLS = 240
const ALIVE_AT_ONCE = 3
const WRITERS = 8
const CALLS = 150
const POINTS = 10

const folder = mkdtempSync(join(tmpdir(), 'nomaly-writers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = join(import.meta.dirname, '..', 'open-mlops-store.ts')

// Tells on stdout what has been acknowledged, synchronously: a line that arrives was written after the store had it.
const writer = `
import { writeSync } from 'node:fs'
import { openMlopsStore } from ${JSON.stringify(source)}
const [path, durable, calls, points, shared] = process.argv.slice(1)
const store = openMlopsStore({ path, durable: durable === 'yes', compactAfterMs: 0 })
const run = await store.runs.create({ experimentId: '0' })
writeSync(1, 'run ' + run.id + '\\n')
async function* bytes(text) { yield new TextEncoder().encode(text) }
for (let call = 0; call < Number(calls); call++) {
  const metrics = Array.from({ length: Number(points) }, (_, i) => ({ key: 'm', value: call, at: call, step: i }))
  const param = { key: 'p' + call, value: String(call) }
  const waiting = [store.log.log(run.id, { metrics, params: [param] })]
  if (shared !== '') waiting.push(store.log.log(shared, { metrics: [{ key: run.id, value: call, at: call, step: call }] }))
  await Promise.all(waiting)
  writeSync(1, 'call ' + call + '\\n')
  if (call % 8 === 7) {
    await store.runs.change(run.id, { kind: 'update', status: 'FINISHED' })
    await store.compact()
    await store.runs.change(run.id, { kind: 'update', status: 'RUNNING' })
  }
  if (call % 4 !== 3) continue
  await store.artifacts.put('0/' + run.id + '/' + call + '.txt', bytes('artifact ' + call))
  writeSync(1, 'file ' + call + '\\n')
}
await store.close()
writeSync(1, 'closed\\n')
`

interface Told {
  readonly run?: string
  readonly calls: number
  readonly files: ReadonlyArray<number>
  readonly closed: boolean
}

function start(...args: ReadonlyArray<string>): { readonly child: ChildProcess; readonly done: Promise<Told> } {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', writer, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  let [out, errors] = ['', '']
  child.stdout?.on('data', (chunk) => (out += String(chunk)))
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  const done = new Promise<Told>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => (errors === '' ? resolve(toldBy(out)) : reject(new Error(errors))))
  })
  return { child, done }
}

// A last line without its end was cut by the kill, and counts for nothing.
function toldBy(out: string): Told {
  const lines = out.split('\n').slice(0, -1)
  const run = lines.find((line) => line.startsWith('run '))?.slice(4)
  return {
    ...(run === undefined ? {} : { run }),
    calls: lines.filter((line) => line.startsWith('call ')).length,
    files: lines.filter((line) => line.startsWith('file ')).map((line) => Number(line.slice(5))),
    closed: lines.includes('closed'),
  }
}

async function lostOf(store: MlopsStore, { run: id, calls, files }: Told): Promise<ReadonlyArray<string>> {
  if (id === undefined) return []
  const run = await store.runs.find(id)
  if (run === undefined) return [`run ${id}`]
  const lost: string[] = []
  for (let call = 0; call < calls; call++) if (run.params[`p${call}`] !== String(call)) lost.push(`${id} p${call}`)
  // A call is whole or not there: params and points alike.
  const count = run.metrics['m']?.count ?? 0
  if (count !== Object.keys(run.params).length * POINTS) lost.push(`${id}: a call in part, ${count} points`)
  const { length } = (await store.log.history(id, 'm')).items
  if (length !== count) lost.push(`${id}: ${length} points of ${count} in the series`)
  for (const file of files) {
    const found = await store.artifacts.get(`0/${id}/${file}.txt`)
    let text = ''
    if (found !== undefined) for await (const part of found.content) text += String.fromCodePoint(...part)
    if (text !== `artifact ${file}`) lost.push(`${id} file ${file}: '${text}'`)
  }
  return lost
}

function integrityOf(path: string): unknown {
  const driver = nodeSqliteDriver(path)
  const answer = driver.prepare('PRAGMA integrity_check').get()?.['integrity_check']
  const foreign = driver.prepare('PRAGMA foreign_key_check').all()
  driver.close()
  return foreign.length === 0 ? answer : foreign
}

it(`lets ${WRITERS} processes write one file without an error and without a loss`, async () => {
  const path = join(folder, 'shared.db')
  const store = openMlopsStore({ path })
  const { id: shared } = await store.runs.create({ experimentId: '0' })
  const writers = Array.from({ length: WRITERS }, () => start(path, 'no', String(CALLS), String(POINTS), shared).done)
  const told = await Promise.all(writers)
  expect(told.map(({ calls, closed }) => [calls, closed])).toEqual(told.map(() => [CALLS, true]))
  for (const one of told) expect(await lostOf(store, one)).toEqual([])
  const counts = Object.values((await store.runs.find(shared))?.metrics ?? {}).map(({ count }) => count)
  expect(counts).toEqual(told.map(() => CALLS))
  await store.close()
  expect(integrityOf(path)).toBe('ok')
}, 120_000)

it(`loses nothing that was acknowledged when writers are killed ${KILLS} times`, async () => {
  const path = join(folder, 'killed.db')
  let started = 0
  let acknowledged = 0
  const lost: string[] = []
  const all: Told[] = []
  const killSome = async (): Promise<void> => {
    while (started < KILLS) {
      const number = started++
      const { child, done } = start(path, 'yes', '100000', String(POINTS), '')
      // Every third is killed at any moment from its start on, also while it opens the file; the others while they write.
      if (number % 3 !== 0) await new Promise((resolve) => child.stdout?.once('data', resolve))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * (number % 3 === 0 ? 200 : 40)))
      child.kill('SIGKILL')
      const told = await done
      acknowledged += told.calls
      all.push(told)
      if (number % 10 !== 0) continue
      const store = openMlopsStore({ path, durable: true })
      lost.push(...(await lostOf(store, told)))
      await store.close()
    }
  }
  await Promise.all(Array.from({ length: ALIVE_AT_ONCE }, killSome))
  const store = openMlopsStore({ path })
  for (const told of all) lost.push(...(await lostOf(store, told)))
  await store.close()
  expect(lost).toEqual([])
  expect(integrityOf(path)).toBe('ok')
  expect(acknowledged).toBeGreaterThan(KILLS)
}, 240_000)
