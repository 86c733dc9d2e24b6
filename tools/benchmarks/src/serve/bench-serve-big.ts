import { mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { freePort } from '@nomaly/tool-laws'
import manifest from 'nomaly/package.json' with { type: 'json' }

import { writeReport } from '../benchmarks-page.ts'
import { writeCsv } from '../files/write-csv.ts'
import { markdownTable } from '../markdown-table.ts'
import { runNote } from '../run-note.ts'
import { othersBusySince } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { measureIdle } from './idle-connections.ts'
import type { ServeBigCommand } from './serve-command.ts'
import { startedServer } from './started-server.ts'
import { vmMb } from './vm-mb.ts'

const bin = join(import.meta.dirname, '../../../../configurations/platform-basic/dist/bin.js')
const COLUMNS = 5

interface Job {
  readonly id: string
  readonly state: string
  readonly progress?: { readonly done: number }
  readonly output?: { readonly rows: number; readonly anomalyCount: number }
}

/** Uploads a large data set, scores it by a job, cancels another, and opens connections that say nothing. */
export async function benchServeBig(
  { rows, connections, write }: ServeBigCommand,
  args: ReadonlyArray<string>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const busy = othersBusySince()
  const path = join(folder, 'rows.csv')
  console.error(`writing ${rows} rows`)
  await writeCsv(path, { rows, columns: COLUMNS, seed: 1 })
  const serve = [bin, 'serve', '--port', String(port), '--data', join(folder, 'data'), '--no-log']
  const server = await startedServer(process.execPath, serve, { url, probe: '/health/readiness' })
  try {
    const api = `${url}/api/v1`
    await asked(`${api}/models/bench/versions`, {
      rows: trainingRows(),
      columns: names(),
      contamination: 0.01,
      seed: 1,
    })
    console.error('uploading')
    const uploading = performance.now()
    const upload = await fetch(`${api}/datasets?name=rows.csv`, { method: 'POST', body: await openAsBlob(path) })
    const { id: dataset, rows: kept } = (await upload.json()) as { id: string; rows: number } // as described
    const uploadS = (performance.now() - uploading) / 1000
    if (kept !== rows) throw new Error(`${kept} rows were kept`)
    const uploadMb = vmMb(server.pid, 'VmHWM')
    console.error('scoring')
    const scored = await scoredBy(api, dataset)
    const peakMb = vmMb(server.pid, 'VmHWM')
    const cancelMs = await cancelled(api, dataset)
    console.error(`${connections} connections`)
    const idle = await measureIdle(server, connections)
    const size = `${(statSync(path).size / 2 ** 20).toFixed(0)} MB`
    const table = markdownTable(
      [{ heading: 'what' }, { heading: 'measured', figures: true }],
      [
        [`upload of ${rows} x ${COLUMNS} rows as CSV, ${size}`, `${uploadS.toFixed(1)} s`],
        ['the most memory of the server until then', `${uploadMb.toFixed(0)} MB`],
        ['a job that scores them with a kept isolation forest', `${scored.seconds.toFixed(1)} s`],
        ['the most memory of the server', `${peakMb.toFixed(0)} MB`],
        ['times that its progress was seen to grow', String(scored.steps)],
        ['another one cancelled: until it is', `${cancelMs.toFixed(0)} ms`],
        [
          `readiness with ${idle.connections} idle connections, the slowest of ten`,
          `${idle.readinessMs.toFixed(0)} ms`,
        ],
        ['memory that they take', `${idle.grownMb.toFixed(0)} MB`],
      ],
    )
    const goals = [
      goal('the most memory below 1,000 MB', peakMb < 1000),
      goal('progress never falls', scored.steps > 1),
      goal('cancelled within a second', cancelMs < 1000),
      goal('ready within a second', idle.readinessMs < 1000),
    ]
    const how = `Other work, this program's included, kept ${busy().toFixed(1)} cores busy meanwhile.`
    const note = runNote(args, { nomaly: manifest.version, Node: process.versions.node })
    const report = `${note}\n${how}\n\n${table}\n\n${goals.join('\n')}`
    console.log(report)
    if (write) writeReport('serve-big', report)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const goal = (text: string, isMet: boolean): string => `- ${isMet ? 'met' : '**missed**'}: ${text}`
const names = (): ReadonlyArray<string> => Array.from({ length: COLUMNS }, (_, column) => `c${column}`)

function trainingRows(): ReadonlyArray<ReadonlyArray<number>> {
  const { data } = syntheticData({ rows: 10_000, columns: COLUMNS }, 7)
  return Array.from({ length: 10_000 }, (_, row) => Array.from(data.subarray(row * COLUMNS, (row + 1) * COLUMNS)))
}

async function asked(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`)
  return answer.json()
}

async function begun(api: string, dataset: string): Promise<Job> {
  return (await asked(`${api}/jobs`, { kind: 'detect', input: { dataset, model: { name: 'bench' } } })) as Job // as described
}

const jobOf = async (api: string, id: string): Promise<Job> => (await (await fetch(`${api}/jobs/${id}`)).json()) as Job // as described

async function scoredBy(api: string, dataset: string): Promise<{ readonly seconds: number; readonly steps: number }> {
  const start = performance.now()
  const { id } = await begun(api, dataset)
  let [last, steps] = [0, 0]
  for (;;) {
    const { state, progress, output } = await jobOf(api, id)
    const done = progress?.done ?? 0
    if (done < last) throw new Error(`the progress fell from ${last} to ${done}`)
    if (done > last) steps++
    last = done
    if (state === 'completed' && output !== undefined) return { seconds: (performance.now() - start) / 1000, steps }
    if (!['waiting', 'running'].includes(state)) throw new Error(`the job is ${state}`)
    await pause(100)
  }
}

async function cancelled(api: string, dataset: string): Promise<number> {
  const { id } = await begun(api, dataset)
  while (((await jobOf(api, id)).progress?.done ?? 0) === 0) await pause(50)
  const start = performance.now()
  await asked(`${api}/jobs/${id}/cancel`, {})
  for (;;) {
    const { state } = await jobOf(api, id)
    if (state === 'cancelled') return performance.now() - start
    if (state !== 'running') throw new Error(`the job is ${state}`)
    await pause(10)
  }
}
