import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { FilesError } from '../domain/errors.ts'
import type { Table } from '../domain/table.ts'
import { createFileTables } from './file-tables.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-files-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function numbersOf(table: Table): Promise<ReadonlyArray<number>> {
  const numbers: Array<number> = []
  for await (const { columns } of table.batches) {
    for (const column of columns) if (column.kind === 'number') numbers.push(...column.values)
  }
  return numbers
}

// The files under the test's folder that this process holds open; Linux only.
async function openFiles(): Promise<ReadonlyArray<string>> {
  const targets = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  )
  return targets.filter((target) => target.startsWith(folder))
}

const CSV = 'a\n1\n2\n'
const BIG = `a,b\n${'1,2\n'.repeat(300_000)}`

describe('the format', () => {
  it.each([
    ['x.csv', CSV],
    ['X.CSV', CSV],
    ['x.tsv', CSV],
    ['x.tab', CSV],
    ['x.json', '[{"a":1},{"a":2}]'],
    ['lines.json', '{"a":1}\n{"a":2}\n'],
    ['x.jsonl', '{"a":1}\n{"a":2}\n'],
    ['x.ndjson', '{"a":1}\n{"a":2}\n'],
    ['nameless-list', '[{"a":1},{"a":2}]'],
    ['nameless-lines', '{"a":1}\n{"a":2}\n'],
    ['x.csv.gz', gzipSync(CSV)],
    ['x.jsonl.GZ', gzipSync('{"a":1}\n{"a":2}\n')],
    ['gzipped-without-saying.csv', gzipSync(CSV)],
    ['plain-though-called.csv.gz', CSV],
    ['two-members.csv.gz', Buffer.concat([gzipSync('a\n1\n'), gzipSync('2\n')])],
  ])('of %s is told by name or beginning', async (name, content) => {
    const table = await createFileTables().open({ path: await written(name, content) })
    expect(await numbersOf(table)).toEqual([1, 2])
  })

  it('that is said goes before the name', async () => {
    const path = await written('really.csv', '{"a":1}\n{"a":2}\n')
    expect(await numbersOf(await createFileTables().open({ path, format: 'jsonl' }))).toEqual([1, 2])
  })

  it('of TSV divides at tabs alone, of CSV where it is told to', async () => {
    const tsv = await createFileTables().open({ path: await written('commas.tsv', 'a,b\tc\n1,5\t2\n') })
    expect(tsv.columns).toEqual([
      { name: 'a,b', kind: 'text' },
      { name: 'c', kind: 'number' },
    ])
    const csv = await createFileTables({ delimiter: ';' }).open({ path: await written('colons.csv', 'a,b;c\n1;2\n') })
    expect(csv.columns.map(({ name }) => name)).toEqual(['a,b', 'c'])
    for (const table of [tsv, csv]) await table.close()
  })

  it('that cannot be told is an error with the mend', async () => {
    const path = await written('notes.txt', CSV)
    await expect(createFileTables().open({ path })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/unknown-format',
        message: `${path}: neither its name nor its beginning tells the format; name it .csv, .tsv, .tab, .json, .jsonl, .ndjson, .parquet, .pq (also .gz), or say the "format"`,
      }),
    )
    expect(await openFiles()).toEqual([])
  })
})

describe('a source that cannot be read', () => {
  it.each(['absent.csv', 'absent.parquet', 'absent'])('is not found: %s', async (name) => {
    const path = join(folder, name)
    await expect(createFileTables().open({ path })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/not-found',
        message: `${path}: there is no such file; check the path`,
        details: { path, retryable: false },
        cause: expect.objectContaining({ code: 'ENOENT' }),
      }),
    )
  })

  it('is a folder', async () => {
    await expect(createFileTables().open({ path: folder, format: 'csv' })).rejects.toThrow(
      expect.objectContaining({ code: 'files/unreadable', message: `${folder}: it is a folder; name a file in it` }),
    )
    await expect(createFileTables().open({ path: folder, format: 'parquet' })).rejects.toThrow(
      expect.objectContaining({ code: 'files/unreadable' }),
    )
  })

  it('is damaged gzip, wherever the damage stands', async () => {
    const whole = gzipSync(BIG)
    for (const [name, bytes] of [
      ['cut.csv.gz', whole.subarray(0, whole.length - 20)],
      ['head.csv.gz', whole.subarray(0, 12)],
    ] as const) {
      const path = await written(name, bytes)
      const reading = async (): Promise<unknown> => numbersOf(await createFileTables().open({ path }))
      await expect(reading()).rejects.toThrow(
        expect.objectContaining({
          code: 'files/malformed',
          message: `${path}: the gzip data is damaged or cut off; compress or download the file again`,
        }),
      )
    }
    expect(await openFiles()).toEqual([])
  })

  it('is a stream that fails', async () => {
    const stdin = (async function* () {
      yield 'a\n1\n'
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    })()
    await expect(createFileTables({ stdin }).open({ path: '-' })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/unreadable',
        message: 'the standard input: it cannot be read (ECONNRESET)',
      }),
    )
  })
})

describe('closing', () => {
  it.each([
    ['plain', 'big.csv', BIG],
    ['gzipped', 'big.csv.gz', gzipSync(BIG)],
  ])('happens when the loop is left early: %s', async (_, name, content) => {
    const table = await createFileTables().open({ path: await written(name, content) })
    for await (const { rows } of table.batches) if (rows > 0) break
    expect(await openFiles()).toEqual([])
  })

  it('happens at the end, at an error, and by hand', async () => {
    const files = createFileTables()
    await numbersOf(await files.open({ path: await written('end.csv', CSV) }))
    const bad = await files.open({ path: await written('bad.csv', `${BIG}x,1\n`) })
    await expect(numbersOf(bad)).rejects.toThrow(expect.objectContaining({ code: 'files/not-a-number' }))
    const unread = await files.open({ path: await written('unread.csv', BIG) })
    expect(await openFiles()).toHaveLength(1)
    await unread.close()
    await unread.close()
    expect(await openFiles()).toEqual([])
  })

  it('happens when the signal is aborted, before, during and instead of the reading', async () => {
    const files = createFileTables()
    const path = await written('abort.csv', BIG)
    const cancelled = expect.objectContaining({
      code: 'files/cancelled',
      message: `${path}: reading was cancelled`,
      cause: 'enough',
    })
    await expect(files.open({ path, signal: AbortSignal.abort('enough') })).rejects.toThrow(cancelled)
    for (const name of ['abort.csv', 'abort.csv.gz']) {
      const during = new AbortController()
      const table = await files.open({
        path: await written(name, name.endsWith('z') ? gzipSync(BIG) : BIG),
        signal: during.signal,
      })
      const reading = async (): Promise<void> => {
        for await (const { rows } of table.batches) if (rows > 0) during.abort('enough')
      }
      await expect(reading()).rejects.toThrow(expect.objectContaining({ code: 'files/cancelled' }))
    }
    const instead = new AbortController()
    await files.open({ path, signal: instead.signal })
    instead.abort()
    await expect.poll(openFiles).toEqual([])
  })

  it('does not wait for a silent standard input', async () => {
    const controller = new AbortController()
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) }
    const opening = createFileTables({ stdin: silent }).open({ path: '-', signal: controller.signal })
    setTimeout(() => controller.abort(), 5)
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: 'files/cancelled' }))
  })
})

describe('options', () => {
  it.each([
    [{ delimiter: ',,' }, 'delimiter: must be one character, and no quote or line break'],
    [{ delimiter: '"' }, 'delimiter: must be one character, and no quote or line break'],
    [{ batchRows: 0 }, 'batchRows: '],
    [{ sampleRows: 1.5 }, 'sampleRows: '],
    [{ header: 'yes' }, 'header: '],
    [{ stdin: 'text' }, 'stdin: must be a readable stream'],
    [{ separator: ',' }, 'separator'],
  ])('refuses %j', (options, message) => {
    expect(() => Reflect.apply(createFileTables, undefined, [options])).toThrow(
      expect.objectContaining({ code: 'files/invalid-options', message: expect.stringContaining(message) }),
    )
  })

  it('refuses a source that names nothing', async () => {
    const files = createFileTables()
    for (const source of [{ path: '' }, { path: 'x.csv', columns: [] }]) {
      await expect(files.open(source)).rejects.toThrow(expect.objectContaining({ code: 'files/invalid-options' }))
    }
  })

  it('knows its errors across copies of the package', () => {
    expect(FilesError.is(Object.assign(new Error('x'), { code: 'files/empty' }))).toBe(true)
    expect(FilesError.is(new Error('files/empty'))).toBe(false)
  })
})
