import { gzipSync } from 'node:zlib'

import * as fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'

import type { FileTablesOptions } from '../application/file-tables-options.ts'
import type { TableFormat } from '../domain/table.ts'
import { createFileTables } from './file-tables.ts'

type Row = readonly [number | null, string | null, number | null]

interface Style {
  readonly delimiter: string
  readonly newline: string
  readonly mark: boolean
  readonly last: boolean
  readonly cuts: ReadonlyArray<number>
  readonly quote: number
  readonly blank: number
}

// Texts that are neither numbers nor missing tokens, so that the column is one of text; full of what needs quoting.
const text: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'é', '😀', ',', ';', '\t', '|', '"', '\n', '\r', '\r\n', ' ', '0', 'zz zz zz zz zz'), {
    maxLength: 8,
  })
  .map((parts) => `t${parts.join('')}`)
const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { freq: 5 })
const row: fc.Arbitrary<Row> = fc.tuple(number, fc.option(text, { freq: 5, nil: null }), number)
const rows = fc.tuple(
  fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), text, fc.constant(1)),
  fc.array(row, { maxLength: 30 }),
)
const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  mark: fc.boolean(),
  last: fc.boolean(),
  cuts: fc.array(fc.nat(3000), { maxLength: 8 }),
  quote: fc.nat(1_000_000),
  blank: fc.nat(1_000_000),
})

describe('any table', () => {
  it('comes back from CSV, however it is quoted, ended and cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(rows, style, fc.integer({ min: 1, max: 7 }), async ([first, others], how, batchRows) => {
        const table = [first, ...others]
        const { bytes, lines } = csvOf(table, how)
        const read = await readAll(chunksOf(bytes, how.cuts), 'csv', { delimiter: how.delimiter, batchRows })
        expect(read.columns).toEqual(columnsOf(table))
        expect(read.lines).toEqual(lines)
      }),
      { numRuns: 500 },
    )
  })

  it('comes back the same with every chunk one byte long, and gzipped', async () => {
    await fc.assert(
      fc.asyncProperty(rows, style, async ([first, others], how) => {
        const table = [first, ...others]
        const { bytes } = csvOf(table, how)
        const cuts = Array.from({ length: bytes.length }, (_, index) => index)
        const options = { delimiter: how.delimiter }
        expect((await readAll(chunksOf(bytes, cuts), 'csv', options)).columns).toEqual(columnsOf(table))
        expect((await readAll(chunksOf(gzipSync(bytes), how.cuts), 'csv', options)).columns).toEqual(columnsOf(table))
      }),
      { numRuns: 100 },
    )
  })

  it('comes back the same from JSON, JSON lines and Parquet', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat(3000), { maxLength: 5 }), async ([first, others], cuts) => {
        const table = [first, ...others]
        const records = table.map(([a, b, c]) => `{"a":${json(a)},"b":${JSON.stringify(b)},"c":${json(c)}}`)
        const split = `{"columns":["a","b","c"],"data":[${table.map(([a, b, c]) => `[${json(a)},${JSON.stringify(b)},${json(c)}]`).join()}]}`
        const data = [0, 1, 2].map((column) => table.map((cells) => cells[column] ?? null))
        const parquet = parquetWriteBuffer({
          columnData: [
            { name: 'a', data: data[0] ?? [], type: 'DOUBLE', nullable: true },
            { name: 'b', data: data[1] ?? [], type: 'STRING', nullable: true },
            { name: 'c', data: data[2] ?? [], type: 'DOUBLE', nullable: true },
          ],
          rowGroupSize: 7,
        })
        const expected = columnsOf(table)
        for (const [format, bytes] of [
          ['json', Buffer.from(`[${records.join(',\n')}]`)],
          ['json', Buffer.from(split)],
          ['jsonl', Buffer.from(records.join('\n'))],
          ['parquet', new Uint8Array(parquet)],
        ] as const) {
          expect((await readAll(chunksOf(bytes, cuts), format, {})).columns).toEqual(expected)
        }
      }),
      { numRuns: 200 },
    )
  })
})

// Beyond a block of 64 KiB, where the reader itself cuts.
it('keeps rows whole across its own blocks', async () => {
  const table: ReadonlyArray<Row> = Array.from({ length: 20_000 }, (_, index) => [index / 7, `t${index}\n"é",`, -index])
  for (const quote of [0, 123_456]) {
    const { bytes, lines } = csvOf(table, {
      delimiter: ',',
      newline: '\r\n',
      mark: true,
      last: false,
      cuts: [],
      quote,
      blank: 0,
    })
    const read = await readAll(chunksOf(bytes, [100_000, 100_001, 300_000]), 'csv', {})
    expect(read.columns).toEqual(columnsOf(table))
    expect(read.lines).toEqual(lines)
  }
})

async function readAll(stdin: AsyncIterable<Uint8Array>, format: TableFormat, options: FileTablesOptions) {
  const table = await createFileTables({ ...options, stdin }).open({ path: '-', format })
  const columns: Record<string, Array<unknown>> = Object.fromEntries(table.columns.map(({ name }) => [name, []]))
  const lines: Array<number | undefined> = []
  for await (const batch of table.batches) {
    for (const { name, values } of batch.columns) for (const value of values) columns[name]?.push(value)
    for (let at = 0; at < batch.rows; at++) lines.push(batch.lineOf?.(at))
  }
  return { columns, lines }
}

function columnsOf(table: ReadonlyArray<Row>): Record<string, ReadonlyArray<unknown>> {
  return {
    a: table.map(([a]) => a ?? Number.NaN),
    b: table.map(([, b]) => b),
    c: table.map(([, , c]) => c ?? Number.NaN),
  }
}

function csvOf(
  table: ReadonlyArray<Row>,
  how: Style,
): { readonly bytes: Buffer; readonly lines: ReadonlyArray<number> } {
  const { delimiter, newline } = how
  let fields = 0
  // Every so many fields is quoted without need, every so many rows is followed by an empty line.
  const field = (cell: string): string => {
    const needed = /["\n\r]/.test(cell) || cell.includes(delimiter)
    return needed || (how.quote >> (fields++ % 20)) & 1 ? `"${cell.replaceAll('"', '""')}"` : cell
  }
  const lines: Array<number> = []
  const parts = [`${how.mark ? '\uFEFF' : ''}a${delimiter}b${delimiter}c${newline}`]
  let line = 2
  for (const [index, cells] of table.entries()) {
    lines.push(line)
    const fieldTexts = cells.map((cell) => field(cell === null ? '' : Object.is(cell, -0) ? '-0' : String(cell)))
    const part = fieldTexts.join(delimiter) + ((how.blank >> (index % 20)) & 1 ? newline + newline : newline)
    parts.push(part)
    line += part.split('\n').length - 1
  }
  const csv = parts.join('')
  return { bytes: Buffer.from(how.last ? csv.replace(/(?:\r?\n)+$/, '') : csv), lines }
}

// Every chunk is overwritten once the next one is asked for, as the reading of files does.
async function* chunksOf(bytes: Uint8Array, cuts: ReadonlyArray<number>): AsyncGenerator<Uint8Array> {
  let start = 0
  for (const cut of [...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length]) {
    if (cut <= start) continue
    const chunk = Buffer.from(bytes.subarray(start, cut))
    yield chunk
    chunk.fill('"')
    start = cut
  }
}

function json(value: number | null): string {
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}
