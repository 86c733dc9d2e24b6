import type { ArtifactStore } from '../application/ports/artifact-store.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

/**
 * What every `ArtifactStore` must keep. @param make - a store and a folder of it that is empty, e.g. a new run's
 */
export function artifactStoreContract(
  it: Case,
  make: () => Promise<{ readonly store: ArtifactStore; readonly folder: string }>,
): void {
  it('answers the bytes that were put', async () => {
    const { store, folder } = await make()
    const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(255)]
    const entry = await store.put(`${folder}/a/b.bin`, streamOf(...parts))
    expectEqual(entry, { path: `${folder}/a/b.bin`, isFolder: false, size: 3 })
    expectEqual(await bytesOf(store, `${folder}/a/b.bin`), [1, 2, 255])
    await store.put(`${folder}/empty`, streamOf())
    expectEqual(await bytesOf(store, `${folder}/empty`), [])
    expectEqual(await store.get(`${folder}/none`), undefined)
  })

  it('replaces what was there', async () => {
    const { store, folder } = await make()
    await store.put(`${folder}/x`, streamOf(Uint8Array.of(1, 2, 3)))
    await store.put(`${folder}/x`, streamOf(Uint8Array.of(4)))
    expectEqual(await bytesOf(store, `${folder}/x`), [4])
    expectEqual(await store.list(folder), [{ path: `${folder}/x`, isFolder: false, size: 1 }])
  })

  it('keeps the same bytes under several paths apart', async () => {
    const { store, folder } = await make()
    for (const name of ['one', 'two']) await store.put(`${folder}/${name}`, streamOf(Uint8Array.of(7, 7)))
    expectEqual(await store.remove(`${folder}/one`), 1)
    expectEqual(await bytesOf(store, `${folder}/two`), [7, 7])
    expectEqual(await store.get(`${folder}/one`), undefined)
  })

  it('lists direct children only, by path', async () => {
    const { store, folder } = await make()
    for (const path of ['z.txt', 'a/deep/er.txt', 'a/b.txt', 'a-b/c', 'a.txt'])
      await store.put(`${folder}/${path}`, streamOf(Uint8Array.of(1)))
    expectEqual(
      (await store.list(folder)).map(({ path, isFolder }) => [path.slice(folder.length + 1), isFolder]),
      [
        ['a', true],
        ['a-b', true],
        ['a.txt', false],
        ['z.txt', false],
      ],
    )
    expectEqual(
      (await store.list(`${folder}/a`)).map(({ path }) => path.slice(folder.length + 1)),
      ['a/b.txt', 'a/deep'],
    )
    expectEqual([await store.list(`${folder}/a/b.txt`), await store.list(`${folder}/none`)], [[], []])
  })

  it('removes a folder with all in it', async () => {
    const { store, folder } = await make()
    for (const path of ['a/b/c', 'a/d', 'ab'])
      await store.put(`${folder}/${path}`, streamOf(new TextEncoder().encode(path)))
    expectEqual(await store.remove(`${folder}/a`), 2)
    expectEqual(await store.remove(`${folder}/a`), 0)
    expectEqual(
      (await store.list(folder)).map(({ path }) => path),
      [`${folder}/ab`],
    )
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const { store, folder } = await make()
    await store.put(`${folder}/kept`, streamOf(Uint8Array.of(1)))
    const broken = async function* (): AsyncIterable<Uint8Array> {
      yield Uint8Array.of(9)
      await Promise.resolve()
      throw new Error('the line is dead')
    }
    for (const path of [`${folder}/kept`, `${folder}/new`]) {
      const outcome = await store.put(path, broken()).then(
        () => 'stored',
        () => 'refused',
      )
      expectEqual(outcome, 'refused')
    }
    expectEqual(await bytesOf(store, `${folder}/kept`), [1])
    expectEqual(await store.get(`${folder}/new`), undefined)
  })

  it('refuses paths that could leave the store', async () => {
    const { store, folder } = await make()
    const bad = ['../x', '/x', `${folder}/../../x`, 'C:/x', 'a\\..\\x', `${folder}//x`, `${folder}/./x`, 'a\0b', '..']
    for (const path of bad) {
      await expectCode(store.put(path, streamOf(Uint8Array.of(1))), 'mlops/invalid-argument')
      await expectCode(store.get(path), 'mlops/invalid-argument')
      await expectCode(store.list(path), 'mlops/invalid-argument')
      await expectCode(store.remove(path), 'mlops/invalid-argument')
    }
  })
}

async function* streamOf(...parts: ReadonlyArray<Uint8Array>): AsyncIterable<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part)
}

async function bytesOf(store: ArtifactStore, path: string): Promise<ReadonlyArray<number>> {
  const found = await store.get(path)
  if (found === undefined) throw new Error(`${path} is not there`)
  const bytes: number[] = []
  for await (const part of found.content) bytes.push(...part)
  expectEqual(found.size, bytes.length)
  return bytes
}
