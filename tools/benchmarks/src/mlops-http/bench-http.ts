import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openMlopsStore } from '@nomaly/ai-mlops/node'
import mlops from '@nomaly/ai-mlops/package.json' with { type: 'json' }
import mlflow from '@nomaly/integration-mlflow/package.json' with { type: 'json' }
import { pythonWithMlflow, startRealServer } from '@nomaly/tool-conformance/real-mlflow'

import type { MlopsHttpCommand } from '../command-line.ts'
import { withSection } from '../marked-section.ts'
import { fillStore } from '../mlops/fill-store.ts'
import { runNote } from '../run-note.ts'
import { fillMlflowDb } from './fill-mlflow-db.ts'
import { httpReport, type SearchFigures } from './http-report.ts'
import { measureSearch, measureServer, type ServerFigures } from './measure-server.ts'
import { type Server, startOurs } from './start-ours.ts'

const page = join(import.meta.dirname, '../../../../docs/benchmarks-mlops.md')
const SEED = 1

/** Measures our server and MLflow's, one after the other, on this machine. */
export async function benchHttp(
  { runs, seconds, write }: MlopsHttpCommand,
  args: ReadonlyArray<string>,
): Promise<void> {
  const python = pythonWithMlflow('mlflow-3')
  if (python.kind === 'absent') throw new Error(`MLflow's server cannot be had: ${python.why}`)
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-'))
  try {
    const [ours, theirs] = [await measureOurs(folder, seconds), await measureTheirs(python.python, folder, seconds)]
    const found: SearchFigures[] = []
    for (const [count, goal] of [
      [1000, 10],
      [runs, 40],
    ] as const) {
      found.push({ runs: count, goal, ...(await searchBoth(python.python, folder, count)) })
    }
    const versions = {
      [mlops.name]: mlops.version,
      [mlflow.name]: mlflow.version,
      Node: process.versions.node,
      MLflow: '3.17.2',
    }
    const report = `${runNote(args, versions)}\n\n${httpReport({ ours, theirs, found })}`
    console.log(report)
    if (write) writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'bench:mlops-http', report))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureOurs(folder: string, seconds: number): Promise<ServerFigures> {
  const server = await startOurs(join(folder, 'ours.db'))
  try {
    return { startMs: server.startMs, ...(await measureServer(server.url, seconds)) }
  } finally {
    await server.close()
  }
}

async function measureTheirs(python: string, folder: string, seconds: number): Promise<ServerFigures> {
  const home = mkdtempSync(join(folder, 'theirs-'))
  const first = await startRealServer(python, home) // its first start makes the tables, which is not measured
  await first.close()
  const server = await startRealServer(python, home)
  try {
    return { startMs: server.startMs, ...(await measureServer(server.url, seconds)) }
  } finally {
    await server.close()
  }
}

async function searchBoth(
  python: string,
  folder: string,
  runs: number,
): Promise<{ readonly ours: ReadonlyArray<number>; readonly theirs: ReadonlyArray<number> }> {
  const path = join(folder, `ours-${runs}.db`)
  const store = openMlopsStore({ path })
  const ids = await fillStore(store, runs, SEED)
  await store.close()
  const mine = await startOurs(path)
  const ours = await searchedIn(mine, ids)
  const home = mkdtempSync(join(folder, 'search-'))
  const first = await startRealServer(python, home)
  await first.close()
  const theirIds = fillMlflowDb(join(home, 'mlflow.db'), runs, SEED)
  const their = await startRealServer(python, home)
  return { ours, theirs: await searchedIn(their, theirIds) }
}

async function searchedIn(server: Server, ids: ReadonlyArray<string>): Promise<ReadonlyArray<number>> {
  try {
    return await measureSearch(server.url, ids)
  } finally {
    await server.close()
  }
}
