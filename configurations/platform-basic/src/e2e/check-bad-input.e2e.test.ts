import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, type Outcome, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 120_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const ENGINES = ['duckdb', 'memory']
const suiteOf = (name: string, ...expectations: ReadonlyArray<object>): string =>
  write(`${name}.json`, JSON.stringify({ name, expectations }))
const empty = suiteOf('empty')
const check = (file: string, suite: string, engine: string, ...more: ReadonlyArray<string>): Promise<Outcome> =>
  nomaly(['check', file, '--suite', suite, '--engine', engine, '--format', 'jsonl', ...more], { cwd: folder })
const records = ({ stdout }: Outcome): ReadonlyArray<unknown> =>
  linesOf(stdout).map((line) => JSON.parse(line) as unknown)

describe.each(ENGINES)('by %s', (engine) => {
  it('a table of 10,000 columns is checked', async () => {
    const line = (of: (i: number) => string | number): string =>
      Array.from({ length: 10_000 }, (_, i) => of(i)).join(',')
    const file = write('wide.csv', `${line((i) => `c${i}`)}\n${line((i) => i)}\n${line((i) => -i)}\n`)
    const suite = suiteOf(
      'wide',
      { type: 'expectTableColumnCountToEqual', kwargs: { value: 10_000 } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'c9999', minValue: 0 } },
    )
    const outcome = await check(file, suite, engine)
    expect(outcome.code).toBe(0)
    expect(records(outcome)).toMatchObject([{ outcome: 'met' }, { outcome: 'unmet', unexpected: 1 }])
  })

  it.each([
    [
      'a header that has a name twice',
      'twice.csv',
      'a,b,a\n1,2,3\n',
      /line 1, column 3 "a": the name is taken|the header has the name "a" twice/,
    ],
    ['text that is no UTF-8', 'latin.csv', new Uint8Array([110, 44, 109, 10, 77, 252, 44, 49, 10]), /UTF-8|unicode/],
    [
      'a gzip file that was cut off',
      'cut.csv.gz',
      gzipSync(`n\n${Array.from({ length: 9999 }, (_, i) => i).join('\n')}`).subarray(0, 900),
      /cut off/,
    ],
    ['a Parquet file that was cut off', 'cut.parquet', 'PAR1 and nothing behind it', /cut\.parquet/],
    ['JSON that breaks off', 'broken.json', '[{"a": 1}, {"a": ', /broken\.json/],
  ])('%s ends with 3, one line, and no result', async (_, name, content, why) => {
    const { code, stdout, stderr } = await check(write(name, content), empty, engine)
    expect([code, stdout]).toEqual([3, ''])
    expect(linesOf(stderr)).toEqual([expect.stringMatching(why)])
  })

  it('a text in a column of numbers is told, late as it comes', async () => {
    const file = write('late.csv', `n\n${Array.from({ length: 30_000 }, (_, i) => i).join('\n')}\nsecret\n`)
    const suite = suiteOf('late', { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'n', minValue: 0 } })
    const { code, stdout, stderr } = await check(file, suite, engine)
    // DuckDB reads the column as text, which no number is compared with; in memory it is no table.
    expect(code).toBe(engine === 'duckdb' ? 4 : 3)
    expect(stdout + stderr).toMatch(
      engine === 'duckdb' ? /holds text values/ : /line 30002, column 1 "n": expected a number/,
    )
    expect(stdout + stderr).not.toContain('secret')
  })

  it('names of any letters are columns like others', async () => {
    const names = [`"; DROP TABLE data; --`, `a'b`, '\u{1f600} größe', '{table}', '$1', '__proto__']
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')
    const file = write(`hostile '; -- ${engine}.csv`, `${header}\n${names.map((_, i) => i).join(',')}\n`)
    const suite = suiteOf(
      'hostile',
      ...names.map((column, i) => ({ type: 'expectColumnValuesToBeInSet', kwargs: { column, valueSet: [i] } })),
      ...names.map((column) => ({
        type: 'expectColumnValuesToBeInSet',
        kwargs: { column, valueSet: [`' OR 1=1 --`] },
      })),
    )
    const outcome = await check(file, suite, engine, '--quarantine', join(folder, `split-${engine}`))
    expect(records(outcome)).toMatchObject([
      ...names.map((column) => ({ outcome: 'met', column })),
      ...names.map((column) => ({ outcome: 'unmet', column, unexpected: 1 })),
    ])
    expect([outcome.code, linesOf(outcome.stderr)[0]]).toEqual([0, expect.stringMatching(/0 good rows .* 1 bad rows/)])
  })

  it('a pattern that would explode takes no time, and one that cannot be matched everywhere is refused', async () => {
    const file = write('texts.csv', `t\n${'a'.repeat(50_000)}!\n${'a'.repeat(50_000)}\n`)
    const suite = suiteOf(
      'patterns',
      { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 't', regex: '^(a+)+$' } },
      { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 't', regex: '(x)\\1' } },
    )
    const begin = performance.now()
    const outcome = await check(file, suite, engine)
    expect(performance.now() - begin).toBeLessThan(20_000)
    expect(outcome.code).toBe(4)
    expect(records(outcome)).toMatchObject([
      { outcome: 'unmet', unexpected: 1 },
      { outcome: 'error', finding: expect.stringMatching(/character 5: back-references/) as unknown },
    ])
  })
})

it.each([
  ['duckdb', /Maximum line size/],
  ['memory', /more than 16 MiB/],
])('a field of 100 MB ends with 3 by %s, and its value is not told', async (engine, why) => {
  const file = write('long.csv', `id,text\n1,a\n2,${'secret'.repeat(17_000_000)}\n`)
  const { code, stdout, stderr } = await check(file, empty, engine)
  expect([code, stdout]).toEqual([3, ''])
  expect(linesOf(stderr)).toEqual([expect.stringMatching(why)])
  expect(stderr).not.toContain('secret')
})

it.each([
  [
    'name: s\nexpectations:\n  - type: expectColumnValuesToBeBetwen\n    kwargs: { column: a }\n',
    /line 3, column 5: .*expectColumnValuesToBeBetween/,
  ],
  [
    'name: s\nexpectations:\n  - type: expectColumnValuesToBeUnique\n    kwargs: { colum: a }\n',
    /line 4, column \d+: .*column/,
  ],
  ['name: [\n', /line \d/],
  ['', /suite/],
])('a suite with a fault ends with 2 and says where: %j', async (text, why) => {
  const file = write('one.csv', 'a\n1\n')
  const { code, stdout, stderr } = await check(file, write('faulty.yml', text), 'duckdb')
  expect([code, stdout]).toEqual([2, ''])
  expect(linesOf(stderr)).toEqual([expect.stringMatching(why)])
})

describe('where DuckDB is not installed', () => {
  // The loader says of it what Node says of a package that is not there.
  const hook = write(
    'without-duckdb.mjs',
    `import { registerHooks } from 'node:module'
registerHooks({
  resolve: (name, context, next) => {
    if (!name.startsWith('@duckdb/')) return next(name, context)
    throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
`,
  )
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` }
  const file = write('small.csv', 'a\n1\n-2\n')
  const suite = suiteOf('small', { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'a', minValue: 0 } })

  it('check and profile go on in memory, and say so', async () => {
    const checked = await nomaly(['check', file, '--suite', suite, '--format', 'json'], { env })
    expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([0, { engine: 'memory', rows: 2 }])
    expect(checked.stderr).toMatch(/^DuckDB is not installed: checking in memory \(npm install @duckdb\/node-api/)
    const profiled = await nomaly(['profile', file, '--format', 'json'], { env })
    expect([profiled.code, JSON.parse(profiled.stdout)]).toMatchObject([0, { engine: 'memory', rows: 2 }])
    expect(profiled.stderr).toMatch(/^DuckDB is not installed: profiling in memory/)
  })

  it('rows are split all the same', async () => {
    const target = join(folder, 'without')
    const { code, stderr } = await nomaly(['check', file, '--suite', suite, '--quarantine', target], { env })
    expect(code).toBe(0)
    expect(stderr).toContain('1 good rows in good.csv, 1 bad rows in bad.csv')
  })

  it('it is a mistake to ask for it', async () => {
    for (const args of [
      ['check', file, '--suite', suite],
      ['profile', file],
    ]) {
      const { code, stdout, stderr } = await nomaly([...args, '--engine', 'duckdb'], { env })
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/npm install @duckdb\/node-api/)
    }
  })
})
