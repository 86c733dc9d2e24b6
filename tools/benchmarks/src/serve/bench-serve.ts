import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '@nomaly/tool-laws'
import manifest from 'nomaly/package.json' with { type: 'json' }

import { writeReport } from '../benchmarks-page.ts'
import { pythonOf } from '../data/python-of.ts'
import { markdownTable } from '../markdown-table.ts'
import { runNote } from '../run-note.ts'
import { othersBusySince } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { type Load, measureLoad } from './measure-load.ts'
import type { ServeCommand } from './serve-command.ts'
import { startedServer } from './started-server.ts'

const peers = join(import.meta.dirname, '../../peers/serve')
const bin = join(import.meta.dirname, '../../../../configurations/platform-basic/dist/bin.js')
const TRAINING = { rows: 10_000, columns: 10 }
const ROWS = 1000
const CLIENTS = [1, 16]

interface Side {
  readonly name: string
  readonly loads: ReadonlyArray<Load>
  /** The p99 of the event loop's delay under load, where there is one. */
  readonly loopMs?: number
}

/** Loads both servers, one after the other, with the same rows against the same kind of kept model. */
export async function benchServe({ seconds, write }: ServeCommand, args: ReadonlyArray<string>): Promise<void> {
  const python = await pythonOf(join(peers, 'requirements.txt'))
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  const busy = othersBusySince()
  try {
    const training = rowsOf(TRAINING.rows, 1)
    const rows = rowsOf(ROWS, 2)
    const sides: Side[] = []
    console.error('nomaly serve')
    sides.push(await ours(folder, { training, rows }, seconds))
    await fitPeer(python, join(folder, 'model'), training)
    for (const workers of [1, 2]) {
      console.error(`FastAPI, ${workers} workers`)
      sides.push(await theirs(python, { model: join(folder, 'model'), workers }, rows, seconds))
    }
    const versions = { nomaly: manifest.version, Node: process.versions.node }
    const how =
      `${ROWS} x 10 rows a request, a kept isolation forest of 100 trees x 256; ${seconds} s a cell. The clients run on the same ` +
      `two cores. Other work, the clients' included, kept ${busy().toFixed(1)} cores busy meanwhile.`
    const report = `${runNote(args, versions)}\n${how}\n\n${reportOf(sides)}`
    console.log(report)
    if (write) writeReport('serve', report)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ours(
  folder: string,
  { training, rows }: { readonly training: Rows; readonly rows: Rows },
  seconds: number,
): Promise<Side> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = [bin, 'serve', '--port', String(port), '--data', join(folder, 'ours'), '--no-log']
  const server = await startedServer(process.execPath, args, { url, probe: '/health/readiness' })
  try {
    const trained = await fetch(`${url}/api/v1/models/bench/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rows: training, contamination: 0.01, seed: 1 }),
    })
    if (!trained.ok) throw new Error(`our server refused to fit: ${await trained.text()}`)
    const body = JSON.stringify({ rows, model: { name: 'bench' } })
    await (await fetch(`${url}/metrics`)).text() // the delay is counted from here on
    const loads: Load[] = []
    for (const clients of CLIENTS) loads.push(await measureLoad(`${url}/api/v1/detect`, body, clients, seconds))
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const [, lag = 'NaN'] = /^nodejs_eventloop_lag_p99_seconds ([\d.e+-]+)$/m.exec(metrics) ?? []
    return { name: 'nomaly serve, one process', loads, loopMs: Number(lag) * 1000 }
  } finally {
    await server.close()
  }
}

async function theirs(
  python: string,
  { model, workers }: { readonly model: string; readonly workers: number },
  rows: Rows,
  seconds: number,
): Promise<Side> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = [
    '-m',
    'uvicorn',
    'app:app',
    '--app-dir',
    peers,
    '--port',
    String(port),
    '--log-level',
    'warning',
    '--workers',
    String(workers),
  ]
  const server = await startedServer(python, args, { url, probe: '/openapi.json', env: { MODEL: model } })
  try {
    const loads: Load[] = []
    for (const clients of CLIENTS)
      loads.push(await measureLoad(`${url}/detect`, JSON.stringify({ rows }), clients, seconds))
    return { name: `FastAPI + PyOD, ${workers === 1 ? 'one worker' : `${workers} workers`}`, loads }
  } finally {
    await server.close()
  }
}

function reportOf(sides: ReadonlyArray<Side>): string {
  const [own, ...others] = sides
  const columns = [
    { heading: 'server' },
    ...['clients', 'requests/s', 'p50 ms', 'p99 ms', 'failed'].map((heading) => ({ heading, figures: true })),
  ]
  const rows = sides.flatMap(({ name, loads }) =>
    loads.map((load) => [
      name,
      String(load.clients),
      load.requestsPerSecond.toFixed(1),
      load.p50Ms.toFixed(1),
      load.p99Ms.toFixed(1),
      String(load.failed),
    ]),
  )
  const goals = (own?.loads ?? []).flatMap((load, at) => {
    const most = Math.max(...others.map(({ loads }) => loads[at]?.requestsPerSecond ?? 0))
    const least = Math.min(...others.map(({ loads }) => loads[at]?.p99Ms ?? Infinity))
    return [
      goal(
        `${load.clients} clients: requests/s at least 3x of the faster FastAPI`,
        load.requestsPerSecond / most,
        (x) => x >= 3,
      ),
      goal(`${load.clients} clients: p99 at most 0.5x of the quicker FastAPI`, load.p99Ms / least, (x) => x <= 0.5),
    ]
  })
  const lag = own?.loopMs ?? Number.NaN
  const loop = `- ${lag < 50 ? 'met' : '**missed**'}: event loop delay below 50 ms at p99 under load, measured ${lag.toFixed(1)} ms`
  return `${markdownTable(columns, rows)}\n\n${[...goals, loop].join('\n')}`
}

const goal = (text: string, ratio: number, isMet: (ratio: number) => boolean): string =>
  `- ${isMet(ratio) ? 'met' : '**missed**'}: ${text}, measured ${ratio.toFixed(2)}x`

type Rows = ReadonlyArray<ReadonlyArray<number>>

function rowsOf(rows: number, seed: number): Rows {
  const { data } = syntheticData({ rows, columns: TRAINING.columns }, seed)
  return Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * TRAINING.columns, (row + 1) * TRAINING.columns)),
  )
}

function fitPeer(python: string, path: string, training: Rows): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [join(peers, 'fit.py'), path], { stdio: ['pipe', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`fit.py ended with ${code}`))))
    child.stdin.end(JSON.stringify(training))
  })
}
