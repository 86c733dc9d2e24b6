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

  async function* bytes(text: string): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(new TextEncoder().encode(text))
  }

  it('never loses bytes that one process stores while another removes the same', async () => {
    const one = await file()
    const two = openMlopsStore({ path: join(folders.at(-1) ?? '', 'mlops.db') })
    opened.push(two)
    const storing = async (): Promise<void> => {
      for (let time = 0; time < 40; time++) {
        await one.artifacts.put(`one/${time}`, bytes('same'))
        let found = ''
        for await (const part of (await one.artifacts.get(`one/${time}`))?.content ?? [])
          found += new TextDecoder().decode(part)
        expectEqual(found, 'same')
        await one.artifacts.remove(`one/${time}`)
      }
    }
    const removing = async (): Promise<void> => {
      for (let time = 0; time < 40; time++) {
        await two.artifacts.put(`two/${time}`, bytes('same'))
        await two.artifacts.remove('two')
      }
    }
    await Promise.all([storing(), removing()])
    const all = await readdir(join(folders.at(-1) ?? '', 'artifacts'), { recursive: true, withFileTypes: true })
    expectEqual(
      all.filter((entry) => entry.isFile()).map(({ name }) => name),
      [],
    )
  })

  it('keeps one file for the same bytes, and none that nothing names', async () => {
    const { artifacts } = await file()
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
    const broken = async function* (): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(new Uint8Array(100_000))
      throw new Error('the line is dead')
    }
    await artifacts.put('b', broken()).then(
      () => expectEqual('stored', 'refused'),
      (error: unknown) => expectEqual(String(error), 'Error: the line is dead'),
    )
    expectEqual(await blobs(), 0)
  })
})
