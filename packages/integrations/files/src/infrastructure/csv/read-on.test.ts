import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { FilesError } from '../../domain/errors.ts'
import type { TableSource } from '../../domain/table.ts'
import { createFileTables } from '../file-tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Outcome {
  readonly columns: unknown
  readonly rows: ReadonlyArray<ReadonlyArray<number | string | null>>
  readonly lines: ReadonlyArray<number | undefined>
  readonly error: unknown
}

// Small parts, so that small files are cut many times; the sample is what the first thread reads in any case.
async function outcome(text: string | Buffer, threads: number, more: Partial<TableSource> = {}): Promise<Outcome> {
  const path = join(folder, 'table.csv')
  writeFileSync(path, text)
  const rows: Array<ReadonlyArray<number | string | null>> = []
  const lines: Array<number | undefined> = []
  let columns: unknown
  try {
    const table = await createFileTables({ threads, partBytes: 1024, sampleRows: 5, batchRows: 16 }).open({
      path,
      ...more,
    })
    columns = table.columns
    for await (const batch of table.batches) {
      for (let row = 0; row < batch.rows; row++) {
        rows.push(batch.columns.map(({ values }) => values[row] ?? null))
        lines.push(batch.lineOf?.(row))
      }
    }
    return { columns, rows, lines, error: undefined }
  } catch (error) {
    if (!FilesError.is(error)) throw error
    return { columns, rows, lines, error: { message: error.message, code: error.code, details: error.details } }
  }
}

// The first block of 64 KiB decides the columns; what comes behind it is read in threads.
const HEAD = `a,b,c\n${'1.5,2,x\n'.repeat(9000)}`

async function expectTheSame(tail: string | Buffer, more?: Partial<TableSource>, head = HEAD): Promise<Outcome> {
  const text = Buffer.concat([Buffer.from(head), Buffer.from(tail)])
  const [one, three] = [await outcome(text, 1, more), await outcome(text, 3, more)]
  if (one.error === undefined) expect(three).toEqual(one)
  else {
    expect(three.error).toEqual(one.error)
    const rows = Math.min(one.rows.length, three.rows.length)
    expect(three.rows.slice(0, rows)).toEqual(one.rows.slice(0, rows))
    expect(three.lines.slice(0, rows)).toEqual(one.lines.slice(0, rows))
  }
  return three
}

const plain = Array.from({ length: 3000 }, (_, i) => `${i / 3},${i},text ${i}\n`).join('')

describe('several threads read what one reads', () => {
  it('of plain rows, in order, whatever a part ends with', async () => {
    const { rows, lines } = await expectTheSame(plain)
    expect(rows).toHaveLength(12_000)
    expect(lines.at(-1)).toBe(12_001)
    await expectTheSame(plain.trimEnd())
    await expectTheSame(plain.replaceAll('\n', '\r\n'))
    await expectTheSame(plain.replaceAll('\n', '\n\n'))
    await expectTheSame(plain.replaceAll('text', 'täxt €'))
    await expectTheSame(plain, { columns: ['b', 'a'] })
    await expectTheSame(plain, { brief: true })
  })

  it('of numbers alone, and of what stands between them', async () => {
    const head = `a,b,c\n${'1.5,2,-3e2\n'.repeat(7000)}`
    const lines = (row: (i: number) => string): string => Array.from({ length: 3000 }, (_, i) => row(i)).join('\n')
    await expectTheSame(
      lines((i) => `${i / 7},-0,${Math.sin(i)}`),
      {},
      head,
    )
    await expectTheSame(
      lines((i) => `${i / 7} ,0${i}, ${i}e-3`),
      {},
      head,
    )
    await expectTheSame(
      lines((i) => `${i},1,${i % 500 === 3 ? '' : i % 500 === 4 ? 'true' : '2'}`),
      {},
      head,
    )
    await expectTheSame(
      lines((i) => `${i},1,2${i % 700 === 3 ? '\n' : ''}`),
      {},
      head,
    )
    const { error } = await expectTheSame(
      lines((i) => (i === 1500 ? '1,2' : `${i},1,2`)),
      {},
      head,
    )
    expect(error).toMatchObject({ code: 'files/ragged-row', details: { line: 8502 } })
    const { rows } = await expectTheSame(lines(() => '1,2,3.50')) // among texts, a number stays as it is written
    expect(rows.at(-1)).toEqual([1, 2, '3.50'])
  })

  it('of quoted fields, those too that hold delimiters, quotes and line breaks', async () => {
    await expectTheSame(plain.replaceAll('text', '"te,x""t"').replaceAll('"te,x""t" ', '"te,x""t"'))
    const { rows, error } = await expectTheSame(
      plain
        .replace(/text (\d*7)\n/g, '"several\nlines, like\n1,2,$1"\n')
        .replace('text 0\n', `"${'\n1,2,3'.repeat(2000)}"\n`),
    )
    expect(error).toBeUndefined()
    expect(rows).toHaveLength(12_000)
  })

  it.each([
    ['a row of another width', '1,2\n', 'files/ragged-row'],
    ['a text among numbers', '1,no number,x\n', 'files/not-a-number'],
    ['a quote that is not closed', '1,2,"open\n', 'files/malformed'],
    ['a quote amid a field', '1,2,"a"b\n', 'files/malformed'],
    ['a NUL', '1,2,\0\n', 'files/malformed'],
    ['bytes that are no UTF-8', Buffer.from([49, 44, 50, 44, 0xff, 10]), 'files/malformed'],
  ])('and refuse %s with the same words, at the same line', async (_, fault, code) => {
    const tail = Buffer.concat([Buffer.from(plain), Buffer.from(fault), Buffer.from(plain)])
    const { error } = await expectTheSame(tail)
    expect(error).toMatchObject({ code, details: { line: 12_002 } })
  })

  it('of any rows', { timeout: 60_000 }, async () => {
    const field = fc.constantFrom('1', '-2.5', '', 'NA', '"3"', '4e1')
    const text = fc.constantFrom('x', '', '"a,b"', '"a\nb"', '"""\n"', 'ü', '"\r\n"', '1,')
    const row = fc.tuple(field, field, text).map((cells) => cells.join(','))
    const tail = fc.tuple(
      fc.array(row, { minLength: 400, maxLength: 900 }),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      fc.boolean(),
    )
    await fc.assert(
      fc.asyncProperty(tail, async ([rows, newline, isEnded]) => {
        await expectTheSame(`${rows.join(newline)}${isEnded ? newline : ''}`)
      }),
      { numRuns: 15 },
    )
  })

  it('until they are told to stop', async () => {
    const path = join(folder, 'stopped.csv')
    writeFileSync(path, HEAD + plain)
    const controller = new AbortController()
    const table = await createFileTables({ threads: 2, partBytes: 256 }).open({ path, signal: controller.signal })
    const read = async (): Promise<void> => {
      for await (const _ of table.batches) controller.abort()
    }
    await expect(read()).rejects.toMatchObject({ code: 'files/cancelled' })
  })

  it('and end when the reader has had enough', async () => {
    const path = join(folder, 'left.csv')
    writeFileSync(path, HEAD + plain)
    const table = await createFileTables({ threads: 2, partBytes: 256 }).open({ path })
    for await (const batch of table.batches) {
      expect(batch.rows).toBeGreaterThan(0)
      break
    }
    await table.close()
  })
})
