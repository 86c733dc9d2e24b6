import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type MlopsStore, betterSqliteDriver, openMlopsStore } from '@nomaly/ai-mlops/node'
import {
  artifactStoreContract,
  experimentStoreContract,
  loggedModelStoreContract,
  runLogContract,
  runStoreContract,
} from '@nomaly/ai-mlops/testing'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'

const opened: MlopsStore[] = []

async function make(): Promise<MlopsStore> {
  const store = openMlopsStore({ path: ':memory:', open: (path) => betterSqliteDriver(new Database(path)) })
  opened.push(store)
  return store
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

describe('the MLOps store on better-sqlite3', () => {
  experimentStoreContract(it, make)
  runStoreContract(it, make)
  runLogContract(it, make)
  loggedModelStoreContract(it, make)
  artifactStoreContract(it, async () => ({ store: (await make()).artifacts, folder: 'run/artifacts' }))

  it('backs up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nomaly-better-'))
    const open = (path: string) => betterSqliteDriver(new Database(path))
    const store = openMlopsStore({ path: join(folder, 'mlops.db'), open })
    const { id } = await store.runs.create({ experimentId: '0' })
    for (let time = 0; time < 2; time++) await store.backup(join(folder, 'copy.db'))
    await store.close()
    const copy = openMlopsStore({ path: join(folder, 'copy.db') }) // by node:sqlite: the file is the same
    expect((await copy.runs.find(id))?.id).toBe(id)
    await copy.close()
    await rm(folder, { recursive: true })
  })

  it('compacts and purges', async () => {
    const { runs, log, compact, purger } = await make()
    const { id } = await runs.create({ experimentId: '0' })
    const metrics = Array.from({ length: 100 }, (_, step) => ({ key: 'm', value: step, at: step, step }))
    await log.log(id, { metrics })
    await runs.change(id, { kind: 'update', status: 'FINISHED' })
    expect(await compact()).toBe(100)
    expect((await log.history(id, 'm')).items).toEqual(metrics)
    await runs.change(id, { kind: 'delete' })
    expect(await purger.purge()).toMatchObject({ runs: 1 })
  })
})
