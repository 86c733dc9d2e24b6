import { describe, expect, it } from 'vitest'

import type { FileTablesOptions } from '../../application/file-tables-options.ts'
import type { TableFormat, TableSource } from '../../domain/table.ts'
import { createFileTables } from '../file-tables.ts'

// Reads text as if it came from the standard input, in chunks of 7 bytes.
async function read(
  text: string,
  format: TableFormat | undefined,
  options: FileTablesOptions = {},
  source: Partial<TableSource> = {},
): Promise<Record<string, ReadonlyArray<unknown>>> {
  const bytes = Buffer.from(text)
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
  }
  const table = await createFileTables({ ...options, stdin: chunks() }).open({ path: '-', format, ...source })
  const columns: Record<string, Array<unknown>> = Object.fromEntries(table.columns.map(({ name }) => [name, []]))
  for await (const batch of table.batches) {
    for (const { name, values } of batch.columns) columns[name]?.push(...values)
    if (batch.lineOf !== undefined) columns['line'] = [...(columns['line'] ?? []), batch.lineOf(0)]
  }
  return columns
}

const failure = (code: string, message: string | RegExp, details: object) =>
  expect.objectContaining({
    code,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    details: { path: '-', ...details },
  })

describe('JSON', () => {
  it.each([
    ['records', '[{"a":1,"b":"x"},{"a":2.5,"b":null}]', 'json'],
    [
      'records over several lines, with a byte order mark',
      '\uFEFF[\n  {\n "a": 1, "b": "x" },\n {"a": 2.5}\n]\n',
      'json',
    ],
    ['lists under a header', '[["a","b"],[1,"x"],[2.5,null]]', 'json'],
    ['the split form', '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2.5,null]]}', 'json'],
    ['the format from the beginning', ' [{"a":1,"b":"x"},{"a":2.5,"b":null}]', undefined],
    ['the split form from the beginning', '{ "columns": ["a","b"], "data": [[1,"x"],[2.5,null]]}', undefined],
  ] as const)('reads %s', async (_, text, format) => {
    expect(await read(text, format)).toEqual({ a: [1, 2.5], b: ['x', null] })
  })

  it.each([
    ['one record a line', '{"a":1,"b":"x"}\n\n{"a":2.5,"b":null}\r\n', 'jsonl'],
    ['without a last line break', '{"a":1,"b":"x"}\n{"b":null,"a":2.5}', 'jsonl'],
    ['lists under a header', '["a","b"]\n[1,"x"]\n[2.5,null]\n', 'jsonl'],
    ['the format from the beginning', '{"a":1,"b":"x"}\n{"a":2.5}\n', undefined],
  ] as const)('reads JSON lines: %s', async (_, text, format) => {
    const { a, b } = await read(text, format)
    expect([a, b]).toEqual([
      [1, 2.5],
      ['x', null],
    ])
  })

  it('knows the line of a JSON line', async () => {
    expect((await read('\n{"a":1}\n\n{"a":2}\n', 'jsonl', { batchRows: 1 }))['line']).toEqual([2, 4])
  })

  it('takes booleans for 1 and 0, number texts for numbers, and null, missing keys and tokens for missing', async () => {
    const text = '[{"a":true,"b":"1.5","c":"NA"},{"a":false,"b":"x2","c":1},{"b":"2","c":null},{"a":null,"b":3}]'
    await expect(read(text, 'json')).rejects.toThrow(
      failure('files/not-a-number', /record 2, column 2 "b"/, {
        record: 2,
        column: 'b',
        columnIndex: 1,
        form: 'text of 2 characters',
      }),
    )
    expect(await read(text.replace('x2', '2e1'), 'json')).toEqual({
      a: [1, 0, Number.NaN, Number.NaN],
      b: [1.5, 20, 2, 3],
      c: [Number.NaN, 1, Number.NaN, Number.NaN],
    })
  })

  it('names the columns itself where the first list holds numbers alone', async () => {
    expect(await read('[[1,2],[3,4]]', 'json')).toEqual({ column_1: [1, 3], column_2: [2, 4] })
  })

  it('takes the columns of all sampled records, and ignores keys that are not wanted', async () => {
    expect(await read('[{"a":1},{"b":2},{"a":3,"b":4}]', 'json')).toEqual({
      a: [1, Number.NaN, 3],
      b: [Number.NaN, 2, 4],
    })
    const late = '[{"a":1},{"a":2},{"a":3,"z":{}}]'
    expect(await read(late, 'json', { sampleRows: 1 }, { columns: ['a'] })).toEqual({ a: [1, 2, 3] })
  })
})

describe('JSON that is wrong', () => {
  it.each([
    ['a comma too many', '[{"a":1},\n{"a":,2}]', 2, 15],
    ['two commas', '[{"a":1},,{"a":2}]', 1, 9],
    ['a bare word', '[{"a":1},\n\n{"a":x}]', 3, 16],
    ['text behind the end', '[{"a":1}] x', 1, 10],
  ])('names line and position of %s', async (_, text, line, position) => {
    await expect(read(text, 'json')).rejects.toThrow(
      failure(
        'files/malformed',
        `the standard input: line ${line}: this is not JSON from byte ${position} on; correct it, or ` +
          'say the format "jsonl" for one value a line',
        { line, position },
      ),
    )
  })

  it('says that a document ends too early', async () => {
    for (const text of ['[{"a":1},\n{"a":2}', '[{"a":1},\n{"a":2']) {
      await expect(read(text, 'json')).rejects.toThrow(
        failure('files/malformed', 'the standard input: line 2: the JSON ends too early', {
          line: 2,
          position: text.length,
        }),
      )
    }
  })

  it('names the line of a JSON line, without its text', async () => {
    await expect(read('{"a":1}\n{"secret":\n', 'jsonl')).rejects.toThrow(
      failure(
        'files/malformed',
        'the standard input: line 2: the line is not one complete JSON value; correct it, or say the format ' +
          '"json" for a whole document',
        { line: 2 },
      ),
    )
  })

  it('refuses nested values with their place', async () => {
    await expect(read('{"a":1,"b":{"c":1}}\n', 'jsonl')).rejects.toThrow(
      failure(
        'files/unsupported-type',
        'the standard input: line 1, column 2 "b": expected a number or a text and found an object; ' +
          'flatten it, or leave the column out with the "columns" option',
        { line: 1, column: 'b', columnIndex: 1, form: 'an object' },
      ),
    )
    await expect(read('[{"a":1},{"a":2},{"a":[1]}]', 'json')).rejects.toThrow(
      /record 3, column 1 "a": expected .* found a list/,
    )
    expect(await read('[{"a":1,"b":{}}]', 'json', {}, { columns: ['a'] })).toEqual({ a: [1] })
  })

  it('refuses a key that appears behind the sample', async () => {
    const text = Array.from({ length: 3000 }, () => '{"a":1}').join('\n')
    await expect(read(`${text}\n{"a":1,"z":2}\n`, 'jsonl')).rejects.toThrow(
      failure('files/late-column', /line 3001, column "z": the key is new here/, { line: 3001, column: 'z' }),
    )
  })

  it('refuses lists of another length, and what is no record', async () => {
    await expect(read('[["a","b"],[1,2],[3]]', 'json')).rejects.toThrow(
      failure('files/ragged-row', /record 3: the list has 1 values and there are 2 columns/, {
        record: 3,
        found: 1,
        expected: 2,
      }),
    )
    await expect(read('[{"a":1},7]', 'json')).rejects.toThrow(
      failure('files/malformed', /record 2: this is no record/, { record: 2 }),
    )
    await expect(read('[1,2]', 'json')).rejects.toThrow(
      failure('files/malformed', /record 1: this is no record/, { record: 1 }),
    )
    await expect(read('["a"]\n{"a":1}\n', 'jsonl')).rejects.toThrow(failure('files/malformed', /line 2/, { line: 2 }))
    await expect(read('{"a":1}', 'json')).rejects.toThrow(/a JSON table is a list of records/)
  })

  it('refuses a document without records', async () => {
    await expect(read('[]', 'json')).rejects.toThrow(failure('files/empty', 'the standard input: it is empty', {}))
    await expect(read('', 'json')).rejects.toThrow(failure('files/empty', 'the standard input: it is empty', {}))
    await expect(read('[["a","b"]]', 'json')).rejects.toThrow(expect.objectContaining({ code: 'files/no-rows' }))
    await expect(read('{"columns":["a"],"data":[]}', 'json')).rejects.toThrow(
      expect.objectContaining({ code: 'files/no-rows' }),
    )
    await expect(read('{"data":[[1]],"columns":["a"]}', 'json')).resolves.toEqual({ a: [1] })
  })
})
