import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  artifactStoreContract,
  experimentStoreContract,
  loggedModelStoreContract,
  modelVersionStoreContract,
  registeredModelStoreContract,
  runLogContract,
  runStoreContract,
  type TrackingAbilities,
} from '@nomaly/ai-mlops/testing'
import { connectMlflow, type RemoteMlflow } from '@nomaly/integration-mlflow'
import { folderArtifacts } from '@nomaly/integration-mlflow/node'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { asMlops } from './as-mlops.ts'
import { pythonWithMlflow } from './python.ts'
import { startRealServer } from './real-server.ts'
import { startTracker } from './tracker-server.ts'

const MINUTES = 60_000

interface Server {
  readonly url: string
  readonly close: () => Promise<void>
}

function contracts(start: () => Promise<Server>, abilities: TrackingAbilities): void {
  let server: Server
  let stores: RemoteMlflow
  let folders = 0

  beforeAll(async () => {
    server = await start()
    const remote = connectMlflow({ trackingUri: server.url, retries: 1, backoffMs: 10 })
    stores = Object.fromEntries(Object.entries(remote).map(([name, port]) => [name, asMlops(port)])) as typeof remote
  }, 5 * MINUTES)

  afterAll(() => server?.close())

  const tracking = async (): Promise<RemoteMlflow> => stores
  describe('experiments', () => experimentStoreContract(it, tracking, abilities))
  describe('runs', () => runStoreContract(it, tracking, abilities))
  describe('logs', () => runLogContract(it, tracking, abilities))
  describe('logged models', () => loggedModelStoreContract(it, tracking))
  describe('registered models', () => registeredModelStoreContract(it, tracking))
  describe('versions', () => modelVersionStoreContract(it, tracking))
  describe('artifacts', () =>
    artifactStoreContract(it, async () => ({ store: stores.artifacts, folder: `contract/${folders++}` })))
}

// What MLflow's API has no words for, whoever answers it.
const overTheWire = { extremes: false, moves: false }

describe('our tracker behind our routes, as a remote MLflow', () => contracts(startTracker, overTheWire))

const python = pythonWithMlflow('mlflow-3')
const title = python.kind === 'absent' ? ` (left out: ${python.why})` : ''

describe.skipIf(python.kind === 'absent')(`MLflow's own server, as a remote MLflow${title}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-contracts-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  contracts(() => startRealServer(python.kind === 'ready' ? python.python : '', folder), {
    ...overTheWire,
    wideFilters: false,
    selectiveRestore: false,
    boundTokens: false,
    samplesSteps: false,
  })
})

describe('artifacts in a plain folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-folder-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let folders = 0
  artifactStoreContract(it, async () => ({ store: asMlops(folderArtifacts(folder)), folder: `f/${folders++}` }))
})
