import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { DatasetStore } from '../../application/ports/dataset-store.ts'
import { createFileTables } from '../file-tables.ts'
import { openFolderDatasetStore } from './folder-dataset-store.ts'

let root = ''
let folder = ''
let store: DatasetStore
let ids = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'nomaly-datasets-'))
})
afterAll(async () => {
  await rm(root, { recursive: true })
})
beforeEach(async () => {
  folder = join(root, `store-${++ids}`)
  store = await opened()
})

const opened = (mostBytes?: number): Promise<DatasetStore> =>
  openFolderDatasetStore({
    folder,
    tables: createFileTables(),
    now: () => 1000 + ids,
    newId: () => `d-${++ids}`,
    mostBytes,
  })

async function* chunks(...parts: ReadonlyArray<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
}

describe('a folder of data sets', () => {
  it('keeps what came, and knows its rows, columns and hash', async () => {
    const info = await store.add({ name: 'pumps.csv', content: chunks('pump,pre', 'ssure\nnorth,4.1\nsouth,3.9\n') })
    expect(info).toMatchObject({
      name: 'pumps.csv',
      format: 'csv',
      isGzipped: false,
      bytes: 34,
      // printf 'pump,pressure\nnorth,4.1\nsouth,3.9\n' | sha256sum
      sha256: '641dbd1c8e582d65ae8eaccf9244f60ae2afe844be6ea97b4a6eacd3a3aa4b08',
      rows: 2,
      columns: [
        { name: 'pump', kind: 'text' },
        { name: 'pressure', kind: 'number' },
      ],
    })
    expect(await store.get(info.id)).toEqual(info)
    const table = await store.open(info.id, ['pressure'])
    const values: number[] = []
    for await (const { columns } of table.batches)
      for (const column of columns) values.push(...(column.values as Float64Array))
    expect(values).toEqual([4.1, 3.9])
  })

  it('lists the newest first, also after a restart, and forgets what is removed', async () => {
    const first = await store.add({ name: 'a.csv', content: chunks('a\n1\n') })
    const second = await store.add({ name: 'b', format: 'csv', content: chunks(gzipSync('b\n1\n')) })
    expect(second.isGzipped).toBe(true)
    const again = await opened()
    expect((await again.list()).map(({ id }) => id)).toEqual([second.id, first.id])
    await again.remove(second.id)
    expect(await again.list()).toEqual([first])
    await expect(again.get(second.id)).rejects.toThrow(expect.objectContaining({ code: 'files/unknown-dataset' }))
  })

  it('takes the format from the first bytes where the name tells none', async () => {
    const lines = await store.add({ name: 'upload', content: chunks('{"a": 1}\n', '{"a": 2}\n') })
    expect([lines.format, lines.rows]).toEqual(['jsonl', 2])
    const piped = await store.add({ name: '-', content: chunks('a;b\n', '1;2\n') })
    expect([piped.format, piped.name, piped.columns.length]).toEqual(['csv', 'standard input', 2])
  })

  it('leaves alone what another process has half done, where it is told of one', async () => {
    const theirs = join(folder, '.incoming', 'theirs')
    await mkdir(theirs)
    const deps = { folder, tables: createFileTables(), now: () => 0, newId: () => `d-${++ids}` }
    await openFolderDatasetStore({ ...deps, isShared: true })
    expect(await readdir(join(folder, '.incoming'))).toEqual(['theirs'])
    await openFolderDatasetStore(deps)
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('keeps nothing of what is too large, cut off, malformed or given up', async () => {
    const small = await opened(10)
    const broken = (async function* () {
      yield Buffer.from('a\n1\n')
      throw new Error('the client went away')
    })()
    const uploads: ReadonlyArray<readonly [DatasetStore, string, AsyncIterable<Uint8Array>, string]> = [
      [small, 'big.csv', chunks('a,b\n1,2\n', '3,4\n'), 'files/too-large'],
      [store, 'ragged.csv', chunks('a,b\n1,2\n3\n'), 'files/ragged-row'],
      [store, 'cut.csv.gz', chunks(gzipSync('a\n1\n').subarray(0, 15)), 'files/malformed'],
      [store, 'empty.csv', chunks(), 'files/empty'],
      [store, 'gone.csv', broken, 'files/unreadable'],
      [store, 'notes.txt', chunks('a\n1\n'), 'files/unknown-format'],
    ]
    for (const [target, name, content, code] of uploads) {
      await expect(target.add({ name, content })).rejects.toThrow(expect.objectContaining({ code }))
    }
    expect(await store.list()).toEqual([])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it('says what is wrong under the name that was given, never its own path', async () => {
    const failing = store.add({ name: 'ragged.csv', content: chunks('a,b\n1,2\n3\n') })
    await expect(failing).rejects.toThrow(/^ragged\.csv: line 3/)
    await expect(failing).rejects.toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: 'ragged.csv' }) }),
    )
  })

  it('gives the rows of an open data set once', async () => {
    const { id } = await store.add({ name: 'pumps.csv', content: chunks('a,b\n1,2\n') })
    const { batches } = await store.open(id)
    const read = async (): Promise<number> => {
      let rows = 0
      for await (const batch of batches) rows += batch.rows
      return rows
    }
    expect(await read()).toBe(1)
    await expect(read()).rejects.toThrow(expect.objectContaining({ code: 'files/already-read' }))
  })

  it('says so of a file that is damaged later, too', async () => {
    const { id } = await store.add({ name: 'pumps.csv', content: chunks('a,b\n1,2\n3,4\n') })
    await writeFile(await store.pathOf(id), 'a,b\n1,2\n3\n')
    const rows = async (): Promise<void> => {
      for await (const _ of (await store.open(id)).batches);
    }
    await expect(rows()).rejects.toThrow(/^pumps\.csv: line 3/)
    await rm(await store.pathOf(id))
    await expect(store.open(id)).rejects.toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: 'pumps.csv' }) }),
    )
  })

  it('clears away what a crash has left', async () => {
    await mkdir(join(folder, '.incoming', 'half'))
    await writeFile(join(folder, '.incoming', 'half', 'part'), 'a\n1')
    const again = await opened()
    expect(await again.list()).toEqual([])
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
  })

  it.each(['..', '../x', '.incoming', 'a/b', '', 'no-such'])('has no data set %j', async (id) => {
    for (const call of [store.get, store.pathOf, store.open, store.remove]) {
      await expect(call(id)).rejects.toThrow(expect.objectContaining({ code: 'files/unknown-dataset' }))
    }
  })
})
