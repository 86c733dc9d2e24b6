import { gzipSync } from 'node:zlib'

import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, sampleCsv, sampleRows, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const records = sampleRows().map(([a, b, label]) => ({ a, b, label }))
const json = JSON.stringify(records)
const jsonl = records.map((record) => JSON.stringify(record)).join('\n')
const parquet = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: 'a', data: Float64Array.from(records, ({ a }) => a), type: 'DOUBLE' },
      { name: 'b', data: Float64Array.from(records, ({ b }) => b), type: 'DOUBLE' },
    ],
  }),
)
const detect = ['--columns', 'a,b', '--detector', 'knn', '--top', '1']

describe('nomaly detect reads', () => {
  it.each([
    ['data.csv', sampleCsv()],
    ['crlf.csv', sampleCsv('\r\n')],
    ['bom.csv', `\u{FEFF}${sampleCsv()}`],
    ['data.tsv', sampleCsv().replaceAll(',', '\t')],
    ['data.csv.gz', gzipSync(sampleCsv())],
    ['data.json', json],
    ['data.jsonl', jsonl],
    ['data.parquet', parquet],
  ])('%s, and finds row 31', async (name, content) => {
    const { code, stdout, stderr } = await nomaly(['detect', write(name, content), ...detect])

    expect(stderr).toBe('')
    expect(linesOf(stdout)).toHaveLength(2)
    expect(stdout).toMatch(/^row,score,stands_out\n31,/)
    expect(code).toBe(0)
  })

  it.each([
    ['CSV', sampleCsv(), []],
    ['gzipped CSV', gzipSync(sampleCsv()), []],
    ['JSON lines', jsonl, []],
    ['JSON', json, ['--input-format', 'json']],
    ['Parquet', parquet, ['--input-format', 'parquet']],
  ])('%s from the standard input', async (_, stdin, more) => {
    const { code, stdout, stderr } = await nomaly(['detect', '-', ...detect, ...more], { stdin })

    expect(stderr).toBe('')
    expect(stdout).toMatch(/\n31,/)
    expect(code).toBe(0)
  })
})

describe('nomaly detect refuses', () => {
  it.each([
    ['an empty file', 'empty.csv', '', /empty\.csv: it is empty/],
    ['a header alone', 'header.csv', 'a,b\n', /header\.csv: .*not a single row/],
    ['a ragged row', 'ragged.csv', 'a,b\n1,2\n3\n4,5\n', /ragged\.csv: line 3: the row has 1 field/],
    ['a missing value', 'missing.csv', 'a,b\n1,2\n3,\n', /missing\.csv: line 3, column "b": .*--missing drop/],
    ['text alone', 'text.csv', 'a,b\nx,y\nz,w\n', /text\.csv: no column of numbers.*--encode onehot/],
    ['broken JSON', 'broken.json', '[{"a":1},{"a":', /broken\.json/],
    ['what is no Parquet', 'no.parquet', 'a,b\n1,2\n', /no\.parquet/],
    ['a label that is none', 'label.csv', 'a,label\n1,normal\n2,maybe\n', /label\.csv: line 3, column 'label'/],
  ])('%s with exit code 3, one line, and where', async (_, name, content, message) => {
    const label = name === 'label.csv' ? ['--label', 'label'] : []
    const { code, stdout, stderr } = await nomaly(['detect', write(name, content), ...label])

    expect(stdout).toBe('')
    expect(linesOf(stderr)).toHaveLength(1)
    expect(stderr).toMatch(/^nomaly: /)
    expect(stderr).toMatch(message)
    expect(code).toBe(3)
  })

  it('text far down in a column of numbers, with its line and column', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},${i === 2500 ? 'oops' : i * 2}`)
    const { code, stderr } = await nomaly(['detect', write('late.csv', `a,b\n${rows.join('\n')}\n`)])

    expect(stderr).toMatch(/late\.csv: line 2502, column 2 "b"/)
    expect(code).toBe(3)
  })

  it('a file that is not there', async () => {
    const { code, stderr } = await nomaly(['detect', `${folder}/none.csv`])

    expect(stderr).toMatch(/none\.csv: there is no such file/)
    expect(code).toBe(3)
  })
})

describe('columns with text', () => {
  const rows = sampleRows().map(([a], row) => `${a},${row === 30 ? 'odd' : row % 2 === 0 ? 'red' : 'blue'}`)
  const file = write('text-column.csv', ['a,colour', ...rows].join('\n'))

  it('are reported as ignored, even with --quiet', async () => {
    const { code, stderr } = await nomaly(['detect', file, '--quiet'])

    expect(stderr).toBe('nomaly: ignored column with text: colour (--encode onehot or ordinal uses them)\n')
    expect(code).toBe(0)
  })

  it.each(['onehot', 'ordinal'])('are used with --encode %s', async (method) => {
    const { stdout, stderr } = await nomaly(['detect', file, '--encode', method, '--format', 'json', '--top', '1'])

    expect(stderr).toBe('')
    expect(JSON.parse(stdout)[0].row).toBe(31)
  })
})

describe('missing values', () => {
  const file = write('gaps.csv', sampleCsv().replace(/\n[^\n]+/, '\n,1,0'))

  it('drop their rows, which keeps the numbers of the others', async () => {
    const args = ['detect', file, '--missing', 'drop', '--columns', 'a,b', '--detector', 'knn', '--top', '1']
    const { stdout, stderr } = await nomaly(args)

    expect(stderr).toBe('nomaly: left out 1 of 60 rows that lack a value\n')
    expect(stdout).toMatch(/\n31,/)
  })

  it('take the median', async () => {
    const { code, stdout, stderr } = await nomaly(['detect', file, '--missing', 'median', '--all'])

    expect(stderr).toBe('')
    expect(linesOf(stdout)).toHaveLength(61)
    expect(code).toBe(0)
  })
})
