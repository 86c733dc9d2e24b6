import { describe, expect, it } from 'vitest'

import type { FileTablesOptions } from '../../application/file-tables-options.ts'
import type { TableSource } from '../../domain/table.ts'
import { createFileTables } from '../file-tables.ts'

interface Read {
  readonly columns: Record<string, ReadonlyArray<unknown>>
  readonly lines: ReadonlyArray<number | undefined>
}

// Reads text as if it came from the standard input.
async function read(
  text: string | Uint8Array,
  options: FileTablesOptions = {},
  source: Partial<TableSource> = {},
): Promise<Read> {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  const table = await createFileTables({ ...options, stdin: chunks() }).open({ path: '-', format: 'csv', ...source })
  const columns: Record<string, Array<unknown>> = Object.fromEntries(table.columns.map(({ name }) => [name, []]))
  const lines: Array<number | undefined> = []
  for await (const batch of table.batches) {
    for (const { name, values } of batch.columns) columns[name]?.push(...values)
    for (let row = 0; row < batch.rows; row++) lines.push(batch.lineOf?.(row))
  }
  return { columns, lines }
}

const failure = (code: string, message: string, details: object) =>
  expect.objectContaining({ code, message, details: { path: '-', ...details } })

describe('CSV', () => {
  it.each([
    ['with a line break at the end', 'a,b\n1,x\n2,y\n'],
    ['without', 'a,b\n1,x\n2,y'],
    ['with CRLF', 'a,b\r\n1,x\r\n2,y\r\n'],
    ['with CRLF and none at the end', 'a,b\r\n1,x\r\n2,y'],
    ['with lone carriage returns', 'a,b\r1,x\r2,y\r'],
    ['with mixed line breaks', 'a,b\n1,x\r\n2,y\n'],
    ['with a byte order mark', '\uFEFFa,b\n1,x\n2,y\n'],
    ['with semicolons', 'a;b\n1;x\n2;y\n'],
    ['with tabs', 'a\tb\n1\tx\n2\ty\n'],
    ['with bars', 'a|b\n1|x\n2|y\n'],
    ['with quotes', '"a","b"\n"1","x"\n2,"y"\n'],
    ['with quotes and CRLF', '"a","b"\r\n"1","x"\r\n2,"y"\r\n'],
    ['with blanks around names and numbers', ' a , b \n 1 ,x\n\t2,y\n'],
    ['with blanks behind closing quotes', '"a" ,"b" \n"1" ,"x" \n2,"y"\n'],
  ])('reads a table %s', async (_, text) => {
    const { columns, lines } = await read(text)
    expect(columns).toEqual({ a: [1, 2], b: ['x', 'y'] })
    expect(lines).toEqual([2, 3])
  })

  it.each(['utf-16le', 'utf16be'])('reads %s with a byte order mark', async (encoding) => {
    const bytes = Buffer.from('\uFEFFa,b\n1,é\n2,😀\n', 'utf16le')
    expect((await read(encoding === 'utf-16le' ? bytes : bytes.swap16())).columns).toEqual({
      a: [1, 2],
      b: ['é', '😀'],
    })
  })

  it('keeps line numbers across empty lines and line breaks in quotes', async () => {
    const { columns, lines } = await read('a,b\n\n1,"x\ny, ""z"""\n   \n\r\n2,w\n')
    expect(columns).toEqual({ a: [1, 2], b: ['x\ny, "z"', 'w'] })
    expect(lines).toEqual([3, 7])
  })

  it('keeps a carriage return that a quoted last field ends with', async () => {
    const { columns } = await read('a,b\r\n1,"x\r"\r\n2,y\r\n')
    expect(columns['b']).toEqual(['x\r', 'y'])
  })

  it('tells an empty line from a quoted empty field', async () => {
    const { columns, lines } = await read('a\n1\n""\n\n4\n')
    expect(columns).toEqual({ a: [1, Number.NaN, 4] })
    expect(lines).toEqual([2, 3, 5])
  })

  it('takes booleans for 1 and 0, infinities as they are and the usual tokens for missing', async () => {
    const { columns } = await read('a,b,c\ntrue,inf,NA\nFalse,-Infinity,n/a\nNaN,1,None\n')
    expect(columns).toEqual({
      a: [1, 0, Number.NaN],
      b: [Infinity, -Infinity, 1],
      c: [Number.NaN, Number.NaN, Number.NaN],
    })
  })

  it('takes further tokens for missing, numbers among them', async () => {
    const { columns } = await read('a,b\n-999,?\n2,x\n', { missing: ['-999', '?'] })
    expect(columns).toEqual({ a: [Number.NaN, 2], b: [null, 'x'] })
  })

  it('names the columns itself where the first row holds numbers alone', async () => {
    expect((await read('1,2\n3,4\n')).columns).toEqual({ column_1: [1, 3], column_2: [2, 4] })
    expect((await read('1,2\n3,4\n', { header: true })).columns).toEqual({ 1: [3], 2: [4] })
    expect((await read('a,2\nb,4\n', { header: false })).columns).toEqual({ column_1: ['a', 'b'], column_2: [2, 4] })
  })

  it('lets half of the sampled values decide a column, and a wholly missing one be numeric', async () => {
    const { columns } = await read('a,c\nx,\ny,\n3,NA\n')
    expect(columns['a']).toEqual(['x', 'y', '3'])
    expect(columns['c']).toEqual([Number.NaN, Number.NaN, Number.NaN])
    await expect(read('b\nx\n2\n')).rejects.toThrow(expect.objectContaining({ code: 'files/not-a-number' }))
  })

  it('converts the wanted columns alone', async () => {
    expect((await read('a,b,c\n1,x,3\n2,5,4\n', {}, { columns: ['c', 'a'] })).columns).toEqual({ a: [1, 2], c: [3, 4] })
  })

  it('hands out batches of the wanted size', async () => {
    const stdin = (async function* () {
      yield 'a\n1\n2\n3\n4\n5\n'
    })()
    const table = await createFileTables({ stdin, batchRows: 2 }).open({ path: '-' })
    const sizes: Array<number> = []
    for await (const { rows, columns } of table.batches) sizes.push(rows, columns[0]?.values.length ?? 0)
    expect(sizes).toEqual([2, 2, 2, 2, 1, 1])
    expect(() => table.batches[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'files/already-read' }))
  })
})

describe('CSV that is wrong', () => {
  const mend = 'correct it, write NA where it is missing, or leave the column out by naming the columns to read'

  it.each(['1,5x', '12abc', '0x10', '0b1', ' 0x10'])('refuses %j in a numeric column', async (value) => {
    const text = `a,b\n1,2\n3,4\n5,"${value}"\n`
    await expect(read(text)).rejects.toThrow(
      expect.objectContaining({
        code: 'files/not-a-number',
        details: { path: '-', line: 4, column: 'b', columnIndex: 1, form: expect.any(String) },
      }),
    )
  })

  it('describes a value without giving it away', async () => {
    await expect(read('a;b\n1;2\n3;4\n5;1,5\n')).rejects.toThrow(
      failure(
        'files/not-a-number',
        `the standard input: line 4, column 2 "b": expected a number and found a number with a decimal comma; ${mend}`,
        { line: 4, column: 'b', columnIndex: 1, form: 'a number with a decimal comma' },
      ),
    )
  })

  it('refuses a non-number far behind the sample', async () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `${row},${row}`).join('\n')
    await expect(read(`a,b\n${rows}\n1,x\n`)).rejects.toThrow(
      failure('files/not-a-number', expect.stringContaining('line 50002, column 2 "b"'), {
        line: 50_002,
        column: 'b',
        columnIndex: 1,
        form: 'text of 1 character',
      }),
    )
  })

  it.each([
    ['a,b\n1,2\n\n3\n', 4, 1, 2],
    ['a,b\n1,2\n3,4,5\n', 3, 3, 2],
    ['a,b\n1,"2\n\n"\n3\n', 5, 1, 2],
  ])('refuses the ragged row of %j', async (text, line, found, expected) => {
    await expect(read(text, { delimiter: ',' })).rejects.toThrow(
      failure('files/ragged-row', expect.stringContaining(`line ${line}: the row has ${found} field`), {
        line,
        found,
        expected,
      }),
    )
  })

  it.each([
    ['at its end', 'a,b\n1,"x\ny\n2,z\n', 2, 1],
    ['of one field', 'a\n\n"x\n', 3, 0],
    ['behind a line break in quotes', 'a,b\n"1\n2","x\n', 3, 1],
    ['closed in the middle of a field', 'a,b\n1,2\n3,"x"y\n', 3, 1],
  ])('refuses a quote that does not end, %s', async (_, text, line, columnIndex) => {
    await expect(read(text, { delimiter: ',' })).rejects.toThrow(
      failure(
        'files/malformed',
        `the standard input: line ${line}, column ${columnIndex + 1}: the quoted field that opens here does not end before a ` +
          'delimiter or a line break; close it, and double the quotes in it',
        { line, columnIndex },
      ),
    )
  })

  it('does not keep a file in memory that is one unfinished quote', async () => {
    const text = `a,b\n1,"x\n${'1,2\n'.repeat(5_000_000)}`
    await expect(read(text)).rejects.toThrow(
      expect.objectContaining({ code: 'files/malformed', details: { path: '-', line: 2, columnIndex: 1 } }),
    )
    await expect(read('x'.repeat(17_000_000))).rejects.toThrow(/a line of more than 16 MiB/)
  })

  it.each(['', '\n\n', '\uFEFF', '  \r\n'])('refuses %j as empty', async (text) => {
    await expect(read(text)).rejects.toThrow(failure('files/empty', 'the standard input: it is empty', {}))
  })

  it.each(['a,b', 'a,b\n', 'a,b\r\n\r\n'])('refuses a header alone', async (text) => {
    await expect(read(text)).rejects.toThrow(
      failure('files/no-rows', 'the standard input: there are column names and not a single row of values', {}),
    )
  })

  it('refuses a name that comes twice, or none', async () => {
    await expect(read('a,b,a\n1,2,3\n')).rejects.toThrow(
      expect.objectContaining({
        code: 'files/duplicate-column',
        details: expect.objectContaining({ line: 1, firstColumnIndex: 0, columnIndex: 2 }),
      }),
    )
    await expect(read('\n,b\n1,2\n')).rejects.toThrow(
      expect.objectContaining({ code: 'files/blank-column', details: { path: '-', line: 2, columnIndex: 0 } }),
    )
  })

  it('refuses bytes that are not UTF-8, with their line', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,é\n2,'), Buffer.from([0xe9]), Buffer.from('x\n3,z\n')])
    await expect(read(bytes)).rejects.toThrow(
      failure('files/malformed', 'the standard input: line 3: the text is not UTF-8; save the file as UTF-8', {
        line: 3,
      }),
    )
    await expect(read(Buffer.from('a\nx\xc3', 'latin1'))).rejects.toThrow(
      expect.objectContaining({ code: 'files/malformed', details: { path: '-', line: 2 } }),
    )
    await expect(read(Buffer.from([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x00, 0xd8, 0x0a, 0]))).rejects.toThrow(
      /not the UTF-16/,
    )
  })

  it('refuses what is no text', async () => {
    await expect(read('a,b\n1,\0\n')).rejects.toThrow(
      failure('files/malformed', expect.stringContaining('line 2: there is a NUL byte, so this is no text'), {
        line: 2,
      }),
    )
  })

  it('refuses a column that is not there', async () => {
    await expect(read('price,b\n1,2\n', {}, { columns: ['pirce'] })).rejects.toThrow(
      expect.objectContaining({ code: 'files/unknown-column', details: expect.objectContaining({ column: 'pirce' }) }),
    )
  })
})
