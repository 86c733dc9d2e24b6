import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, it } from 'vitest'

import { artifactStoreContract } from '../testing/artifact-store-contract.ts'
import { expectEqual } from '../testing/case.ts'
import { experimentStoreContract } from '../testing/experiment-store-contract.ts'
import { loggedModelStoreContract } from '../testing/logged-model-store-contract.ts'
import { runLogContract } from '../testing/run-log-contract.ts'
import { runStoreContract } from '../testing/run-store-contract.ts'
import { type MlopsStore, openMlopsStore } from './open-mlops-store.ts'

const opened: MlopsStore[] = []
const folders: string[] = []

async function memory(): Promise<MlopsStore> {
  const store = openMlopsStore({ path: ':memory:' })
  opened.push(store)
  return store
}

async function file(): Promise<MlopsStore> {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-mlops-'))
  folders.push(folder)
  const store = openMlopsStore({ path: join(folder, 'mlops.db'), durable: true })
  opened.push(store)
  return store
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

describe('the store in memory', () => {
  experimentStoreContract(it, memory)
  runStoreContract(it, memory)
  runLogContract(it, memory)
  loggedModelStoreContract(it, memory)
  artifactStoreContract(it, async () => ({ store: (await memory()).artifacts, folder: '1/run/artifacts' }))
})

describe('the store in a file', () => {
  runLogContract(it, file)
  artifactStoreContract(it, async () => ({ store: (await file()).artifacts, folder: '1/run/artifacts' }))

  it('keeps one file for the same bytes, and none that nothing names', async () => {
    const { artifacts } = await file()
    const bytes = async function* (text: string): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(new TextEncoder().encode(text))
    }
    const blobs = async (): Promise<number> => {
      const all = await readdir(join(folders.at(-1) ?? '', 'artifacts'), { recursive: true, withFileTypes: true })
      return all.filter((entry) => entry.isFile()).length
    }
    for (const path of ['a', 'b', 'c/d']) await artifacts.put(path, bytes('same'))
    expectEqual(await blobs(), 1)
    await artifacts.put('a', bytes('other'))
    expectEqual(await blobs(), 2)
    await artifacts.remove('c')
    await artifacts.remove('b')
    expectEqual(await blobs(), 1)
    await artifacts.remove('a')
    expectEqual(await blobs(), 0)
  })
})
